package io.rapport.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far an erasure has come: ids, counts, words and times, and nothing personal. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Erasure",
        requiredProperties = {
            "id",
            "customers",
            "reason",
            "requestedBy",
            "requestedAt",
            "state",
            "counts",
            "services"
        },
        examples = CustomerErasure.EXAMPLE)
public record CustomerErasure(
        UUID id,
        @Schema(description = "The customer, and all who were merged into it.")
                List<UUID> customers,
        ErasureReason reason,
        @Schema(description = "The subject of the admin's token.") String requestedBy,
        Instant requestedAt,
        @Schema(description = "COMPLETED when all services have erased all of them.")
                ErasureState state,
        @Schema(description = "Absent while it runs.", nullable = true)
                @Nullable Instant completedAt,
        @Schema(description = "How many rows of each kind customer-service erased.")
                Map<String, Long> counts,
        List<Part> services) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
             "customers": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12", "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b13"],
             "reason": "CONSENT_WITHDRAWN", "requestedBy": "admin-1", "requestedAt": "2026-11-23T10:00:00Z",
             "state": "RUNNING", "counts": {"changes": 17, "contactPoints": 3, "customers": 2, "identities": 2},
             "services": [{"service": "customer-service", "erased": 2, "erasedAt": "2026-11-23T10:00:00Z"},
                          {"service": "loyalty-service", "erased": 1}]}""";

    /** What one service has erased so far. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ErasureOfService",
            requiredProperties = {"service", "erased"})
    public record Part(
            String service,
            @Schema(description = "Of how many of the customers.") int erased,
            @Schema(description = "When the last of all was; absent before.", nullable = true)
                    @Nullable Instant erasedAt) {}
}
