package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds the values that customers are given against the definitions of today, which do not change
 * until the transaction ends. Nothing of a definition is remembered between requests. A refusal
 * leaves the transaction to the caller, who may have other customers in it.
 */
@ApplicationScoped
class CustomerAttributes {

    private final AttributeRows rows;

    CustomerAttributes(AttributeRows rows) {
        this.rows = rows;
    }

    /** The profile with its values as they are kept. */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = Refusal.class)
    Profile requireDefined(Profile given) {
        return given.withAttributes(requireDefined(Map.of(), given.attributes()));
    }

    /**
     * What {@code edited} makes of {@code current}, with its values as they are kept. What a
     * customer has already is not asked about again.
     */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = Refusal.class)
    Customer requireDefined(Customer current, Customer edited) {
        Map<String, Object> before = current.profile().attributes();
        Map<String, Object> given = edited.profile().attributes();
        return before.equals(given) ? edited : edited.withAttributes(requireDefined(before, given));
    }

    private Map<String, Object> requireDefined(
            Map<String, Object> before, Map<String, Object> given) {
        Map<String, Object> asked = new TreeMap<>(given);
        asked.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        if (asked.isEmpty()) {
            return given;
        }
        Map<String, DefinedAttribute> defined = rows.keep(asked.keySet());
        requireNames(asked.keySet(), defined.keySet());
        Map<String, Object> kept = new TreeMap<>(given);
        List<FieldError> errors = new ArrayList<>();
        asked.forEach(
                (name, value) -> {
                    DefinedAttribute attribute = defined.get(name);
                    if (attribute != null) {
                        attribute
                                .kept(value)
                                .ifPresentOrElse(
                                        form -> kept.put(name, form),
                                        () -> errors.add(attribute.fault(pointer(name))));
                    }
                });
        refuse(errors);
        requireActive(before, kept, defined);
        if (AttributeValues.characters(kept) > AttributeValues.MOST_CHARACTERS) {
            refuse(
                    List.of(
                            new FieldError(
                                    Contents.ATTRIBUTES,
                                    "must have at most %d characters of values, all together"
                                            .formatted(AttributeValues.MOST_CHARACTERS))));
        }
        return kept;
    }

    /** Refuses names that no definition has. */
    void requireNames(Set<String> names) {
        if (!names.isEmpty()) {
            requireNames(names, rows.find(names).keySet());
        }
    }

    static void requireNames(Collection<String> names, Set<String> defined) {
        refuse(
                names.stream()
                        .filter(name -> !defined.contains(name))
                        .map(
                                name ->
                                        new FieldError(
                                                pointer(name),
                                                "is not an attribute that /attribute-definitions lists"))
                        .toList());
    }

    private static void requireActive(
            Map<String, Object> before,
            Map<String, Object> kept,
            Map<String, DefinedAttribute> defined) {
        Set<String> retired =
                defined.values().stream()
                        .filter(attribute -> !attribute.active())
                        .map(DefinedAttribute::name)
                        .filter(name -> !Objects.equals(kept.get(name), before.get(name)))
                        .collect(Collectors.toSet());
        if (!retired.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "attribute-retired",
                    "This attribute is retired: its values can be taken away, and not given.",
                    retired.stream()
                            .sorted()
                            .map(name -> new FieldError(pointer(name), "is retired"))
                            .toArray(FieldError[]::new));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    errors.toArray(FieldError[]::new));
        }
    }

    static FieldError taken(String name) {
        return new FieldError(pointer(name), "is another customer's, and must be unique");
    }

    static String pointer(String name) {
        return Contents.path(Contents.ATTRIBUTES, name);
    }
}
