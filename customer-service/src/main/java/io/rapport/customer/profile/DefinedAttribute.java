package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.List;
import java.util.Optional;

/** What a definition says of an attribute's values. */
record DefinedAttribute(
        String name,
        AttributeType type,
        List<String> allowedValues,
        MergeRule mergeRule,
        boolean unique,
        boolean searchable,
        boolean active) {

    /** The value in the one form in which it is kept; empty when it is none of this attribute. */
    Optional<Object> kept(Object given) {
        return type.kept(given)
                .filter(
                        value ->
                                !type.isChosen()
                                        || allowedValues.containsAll(AttributeValues.texts(value)));
    }

    /**
     * The text as which customers are found by this value, or by this element of theirs. {@code
     * pointer} tells where the value stands.
     */
    String sought(Object given, String pointer) {
        if (!searchable) {
            throw Refusal.conflict(
                    "attribute-not-searchable",
                    "Customers are not found by this attribute: its definition says so.");
        }
        Object one = type == AttributeType.SEVERAL_OF ? List.of(given) : given;
        return kept(one)
                .map(value -> AttributeValues.texts(value).getFirst())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "invalid-fields",
                                        "Some fields are not as they must be.",
                                        fault(pointer)));
    }

    /** What is wrong with a value that is not one of this attribute's. */
    FieldError fault(String pointer) {
        return new FieldError(
                pointer, "%s: see /attribute-definitions/%s".formatted(type.rule, name));
    }
}
