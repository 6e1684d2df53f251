package io.rapport.interaction.fact;

import io.rapport.interaction.Learnt;
import io.rapport.interaction.Words;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a fact should have said, and why, unchecked. */
@Schema(
        description =
                "What a fact should have said. What is left out stays, but value and declined.",
        requiredProperties = {"version", "reason"},
        examples =
                """
                {"version": 1, "reason": "Misheard on the phone.", "value": "Five, and a dog"}""")
public record FactCorrection(
        @NotNull
                @Schema(
                        description =
                                "The version that is corrected; refused when it is not the newest.")
                Integer version,
        @NotNull
                @Schema(
                        description = "Why; kept as it is.",
                        minLength = 1,
                        maxLength = FactCorrection.LONGEST_REASON)
                String reason,
        @Schema(description = "How it was learnt.") @Nullable Learnt learnt,
        @Schema(
                        description = "What it is. Absent where it was declined.",
                        minLength = 1,
                        maxLength = FactContent.LONGEST)
                @Nullable String value,
        @Schema(description = "True where the customer would not tell it.")
                @Nullable Boolean declined,
        @Schema(description = "Until when it holds, 3,660 days after it was told at most.")
                @Nullable Instant validUntil) {

    static final int LONGEST_REASON = 500;

    /** Refuses with everything that is wrong, or answers what the next version says. */
    FactContent of(Fact fact) {
        List<FieldError> errors = new ArrayList<>();
        if (!Words.areKept(reason, LONGEST_REASON)) {
            errors.add(new FieldError("/reason", Words.rule(LONGEST_REASON)));
        }
        FactContent content =
                FactContent.checked(
                        Objects.requireNonNullElse(learnt, fact.learnt()),
                        declined,
                        value,
                        validUntil,
                        fact.toldAt(),
                        fact.validUntil(),
                        errors);
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fact",
                    "Nothing was corrected. Correct what 'errors' names and send it again.",
                    errors.toArray(FieldError[]::new));
        }
        return content;
    }
}
