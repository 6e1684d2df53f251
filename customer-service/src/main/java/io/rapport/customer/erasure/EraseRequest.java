package io.rapport.customer.erasure;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an admin says when a customer is to be erased. */
@Schema(requiredProperties = "reason", examples = "{\"reason\": \"CONSENT_WITHDRAWN\"}")
public record EraseRequest(
        @Schema(description = "A word and no text, because it stays.") @NotNull
                ErasureReason reason) {}
