package io.rapport.customer.attribute;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.profile.MergeRule;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a manager says of an attribute. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "AttributeTerms",
        description = "What an attribute means, and what its values must be.",
        requiredProperties = {"label", "type", "personalData"},
        examples = AttributeTerms.EXAMPLE)
public record AttributeTerms(
        @Schema(description = "What staff call it.", maxLength = 200) @NotNull @PlainText(max = 200)
                String label,
        @Schema(description = "Does not change while any customer has a value.") @NotNull
                AttributeType type,
        @Schema(
                        description =
                                "Of a ONE_OF and a SEVERAL_OF, and of no other: 1 to 200 texts of up to 100 characters,"
                                        + " in your order. One that a customer has cannot be left out.",
                        maxItems = 200)
                @Size(max = 200, message = "must have at most 200 values")
                List<@NotNull @PlainText(max = 100) String> allowedValues,
        @Schema(description = "Whether a value tells something of a person.") @NotNull
                Boolean personalData,
        @Schema(
                        description =
                                "What the values are used for; must be there for personal data.",
                        maxLength = 500,
                        nullable = true)
                @PlainText(max = 500)
                @Nullable String purposeOfUse,
        @Schema(description = "Whose value a merged customer shows; FILL when absent.")
                MergeRule mergeRule,
        @Schema(
                        description =
                                "Whether a value names one customer only: of a TEXT or an INTEGER. Does not change while"
                                        + " any customer has a value. False when absent.")
                Boolean unique,
        @Schema(description = "Whether customers are found by it; false when absent.")
                Boolean searchable,
        @Schema(
                        description =
                                "False when it is retired: its values can be taken away, and not given. True when absent.")
                Boolean active) {

    static final String EXAMPLE =
            """
            {"label": "Interests", "type": "SEVERAL_OF", "allowedValues": ["chess", "music", "sailing"],
             "personalData": true, "purposeOfUse": "Invitations to events that fit.", "mergeRule": "FILL",
             "unique": false, "searchable": true, "active": true}""";

    public AttributeTerms {
        allowedValues = distinct(allowedValues);
        mergeRule = Objects.requireNonNullElse(mergeRule, MergeRule.FILL);
        unique = Objects.requireNonNullElse(unique, false);
        searchable = Objects.requireNonNullElse(searchable, false);
        active = Objects.requireNonNullElse(active, true);
    }

    /** None for null. Elements may still be null: validation says so, by their pointer. */
    private static List<String> distinct(@Nullable List<String> given) {
        return given == null
                ? List.of()
                : Collections.unmodifiableList(new ArrayList<>(new LinkedHashSet<>(given)));
    }

    /** Refuses what cannot be true together. */
    AttributeTerms requirePossible() {
        List<FieldError> errors = new ArrayList<>();
        if (type.isChosen() == allowedValues.isEmpty()) {
            errors.add(
                    new FieldError(
                            "/allowedValues",
                            "must be there for a ONE_OF and a SEVERAL_OF, and for no other type"));
        }
        if (personalData && purposeOfUse == null) {
            errors.add(new FieldError("/purposeOfUse", "must be there for personal data"));
        }
        if (unique && !type.mayBeUnique()) {
            errors.add(new FieldError("/unique", "must be false but for a TEXT or an INTEGER"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    errors.toArray(FieldError[]::new));
        }
        return this;
    }

    /** The values that {@code now} allows no more. */
    List<String> leftOut(AttributeTerms now) {
        return allowedValues.stream().filter(value -> !now.allowedValues.contains(value)).toList();
    }
}
