package io.rapport.interaction.type;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a manager says of a channel or a touchpoint. */
@Schema(
        name = "WordTerms",
        description = "What a channel or a touchpoint means.",
        requiredProperties = {"label"},
        examples = WordTerms.EXAMPLE)
public record WordTerms(
        @Schema(description = "What staff call it.", maxLength = 200)
                @NotNull
                @Pattern(regexp = LABEL_FORM, message = LABEL_RULE)
                String label,
        @Schema(
                        description =
                                "False when it is retired: nothing is recorded with it any more. True when absent.")
                Boolean active)
        implements DefinitionTerms {

    static final String EXAMPLE = "{\"label\": \"Checkout in a store\", \"active\": true}";

    public WordTerms {
        active = Objects.requireNonNullElse(active, true);
    }

    @Override
    public List<FieldError> objections() {
        return List.of();
    }

    @Override
    public Optional<Refusal> objectionToChange(DefinitionTerms before) {
        return Optional.empty();
    }
}
