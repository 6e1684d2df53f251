package io.rapport.interaction.promise;

import io.rapport.interaction.PromiseOutcome;
import io.rapport.interaction.Words;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody says has become of a promise, unchecked. */
@Schema(
        description = "What has become of a promise.",
        requiredProperties = "outcome",
        examples = {
            "{\"outcome\": \"KEPT\"}",
            "{\"outcome\": \"WITHDRAWN\", \"reason\": \"The customer cancelled the order.\"}"
        })
public record Settlement(
        @NotNull PromiseOutcome outcome,
        @Schema(
                        description = "Why; must be given with WITHDRAWN. Kept as it is.",
                        minLength = 1,
                        maxLength = Settlement.LONGEST)
                @Nullable String reason) {

    static final int LONGEST = 500;

    void requireSound() {
        if (reason == null && outcome == PromiseOutcome.WITHDRAWN) {
            throw wrong("is missing; say why the promise is withdrawn");
        }
        if (reason != null && !Words.areKept(reason, LONGEST)) {
            throw wrong(Words.rule(LONGEST));
        }
    }

    private static Refusal wrong(String why) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError("/reason", why));
    }
}
