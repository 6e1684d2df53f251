package io.rapport.interaction.fact;

import io.rapport.interaction.Learnt;
import io.rapport.interaction.type.FactKey;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A fact as somebody tells it, unchecked. */
@Schema(
        description = "A fact that was told in an interaction.",
        requiredProperties = {"key", "learnt"},
        examples =
                """
                {"key": "household-size", "learnt": "STATED", "value": "Four, and a dog"}""")
public record NewFact(
        @NotNull
                @Schema(
                        description =
                                "Unknown and retired keys are refused; `GET /interactions/fact-keys` lists them.",
                        examples = "household-size")
                String key,
        @NotNull @Schema(description = "How it was learnt.") Learnt learnt,
        @Schema(
                        description = "What it is; kept as it is. Absent where it was declined.",
                        minLength = 1,
                        maxLength = FactContent.LONGEST)
                @Nullable String value,
        @Schema(
                        description =
                                "True where the customer would not tell it, and does not want to be asked.")
                @Nullable Boolean declined,
        @Schema(
                        description =
                                "Until when it holds, 3,660 days after it was told at most; as the key says when absent.")
                @Nullable Instant validUntil) {

    /** Refuses with everything that is wrong; the fact was told then. */
    FactContent checked(Optional<FactKey> known, Instant toldAt) {
        List<FieldError> errors = new ArrayList<>();
        if (known.isEmpty()) {
            errors.add(
                    new FieldError(
                            "/key", "is unknown; GET /interactions/fact-keys lists what there is"));
        } else if (!known.get().active()) {
            errors.add(
                    new FieldError(
                            "/key", "is retired; GET /interactions/fact-keys lists what there is"));
        }
        Instant usually = known.map(one -> one.validUntil(toldAt)).orElse(toldAt);
        FactContent content =
                FactContent.checked(learnt, declined, value, validUntil, toldAt, usually, errors);
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fact",
                    "Nothing was told. Correct what 'errors' names and send it again.",
                    errors.toArray(FieldError[]::new));
        }
        return content;
    }
}
