package io.rapport.interaction.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a manager says of a type. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "InteractionTypeTerms",
        description = "What interactions of a type are, and what they carry.",
        requiredProperties = {"label", "amountRule"},
        examples = TypeTerms.EXAMPLE)
public record TypeTerms(
        @Schema(description = "What staff call it.", maxLength = 200)
                @NotNull
                @Pattern(regexp = LABEL_FORM, message = LABEL_RULE)
                String label,
        @Schema(
                        description =
                                "The name of the icon that frontends show: words of a-z and 0-9 joined by hyphens.",
                        maxLength = 64,
                        examples = "phone")
                @Pattern(
                        regexp = "(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        message =
                                "must be words of a-z and 0-9 joined by hyphens, at most 64 characters")
                @Nullable String icon,
        @Schema(
                        description =
                                "What amount each carries. Does not change once interactions name the type.")
                @NotNull
                AmountRule amountRule,
        @Schema(
                        implementation = Object.class,
                        description =
                                "The JSON Schema (draft 2020-12) of an interaction's attributes: of up to 20,000 bytes and"
                                        + " 16 levels, without references and patterns. It holds for what is recorded"
                                        + " from then on. Without it a type carries no attributes.")
                @Nullable JsonNode schema,
        @Schema(
                        description =
                                "False when it is retired: nothing is recorded with it any more. True when absent.")
                Boolean active)
        implements DefinitionTerms {

    static final String EXAMPLE =
            """
            {"label": "Repair", "icon": "wrench", "amountRule": "NONE",
             "schema": {"type": "object", "additionalProperties": false, "required": ["device"],
                        "properties": {"device": {"enum": ["lamp", "clock"]}, "parts": {"type": "integer", "minimum": 0}}},
             "active": true}""";

    public TypeTerms {
        schema = schema == null || schema.isNull() ? null : schema;
        active = Objects.requireNonNullElse(active, true);
    }

    @Override
    public List<FieldError> objections() {
        return schema == null ? List.of() : SchemaRules.objectionsTo(schema);
    }

    @Override
    public Optional<Refusal> objectionToChange(DefinitionTerms before) {
        return before instanceof TypeTerms terms && terms.amountRule == amountRule
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Refusal.Kind.CONFLICT,
                                "type-in-use",
                                "Interactions name this type, or it is built in: what amount it carries stays as it is.",
                                new FieldError("/amountRule", "must stay as it is")));
    }
}
