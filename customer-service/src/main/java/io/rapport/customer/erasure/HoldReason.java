package io.rapport.customer.erasure;

import io.rapport.customer.profile.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a legal hold is placed, or released. */
@Schema(
        requiredProperties = "reason",
        examples = "{\"reason\": \"Invoices are kept for ten years\"}")
public record HoldReason(
        @Schema(maxLength = HoldReason.LONGEST) @NotNull @PlainText(max = HoldReason.LONGEST)
                String reason) {

    static final int LONGEST = 500;
}
