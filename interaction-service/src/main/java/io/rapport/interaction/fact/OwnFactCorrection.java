package io.rapport.interaction.fact;

import io.rapport.interaction.Learnt;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a fact should have said, as the customer puts it, unchecked. */
@Schema(
        description = "What a fact about the caller should have said.",
        requiredProperties = "version",
        examples = "{\"version\": 1, \"value\": \"Five, and a dog\"}")
public record OwnFactCorrection(
        @NotNull
                @Schema(
                        description =
                                "The version that is corrected; refused when it is not the newest.")
                Integer version,
        @Schema(
                        description = "What it is. Absent where the customer declines to tell it.",
                        minLength = 1,
                        maxLength = FactContent.LONGEST)
                @Nullable String value,
        @Schema(description = "True: do not ask me for it again.") @Nullable Boolean declined,
        @Schema(
                        description = "Why, if the customer wants to say so.",
                        minLength = 1,
                        maxLength = FactCorrection.LONGEST_REASON)
                @Nullable String reason) {

    /** The same as anybody's: what customers say of themselves is stated. */
    FactCorrection stated() {
        return new FactCorrection(
                version,
                Objects.requireNonNullElse(reason, "The customer said so."),
                Learnt.STATED,
                value,
                declined,
                null);
    }
}
