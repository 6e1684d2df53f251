package io.rapport.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a customer must not be erased, until it is released. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {"id", "customer", "reason", "placedBy", "placedAt"},
        examples = LegalHold.EXAMPLE)
public record LegalHold(
        UUID id,
        @Schema(description = "The very customer that was named when it was placed.") UUID customer,
        String reason,
        @Schema(description = "The subject of the token that placed it.") String placedBy,
        Instant placedAt,
        @Schema(description = "Absent while it is in force.", nullable = true)
                @Nullable String releasedBy,
        @Schema(nullable = true) @Nullable Instant releasedAt,
        @Schema(nullable = true) @Nullable String releaseReason) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12",
             "reason": "Invoices are kept for ten years", "placedBy": "manager-3",
             "placedAt": "2026-11-23T10:00:00Z"}""";
}
