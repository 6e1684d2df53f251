package io.rapport.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That all services have erased a customer, and by when the rest has gone: nothing personal. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {
            "erasure",
            "customers",
            "reason",
            "requestedAt",
            "completedAt",
            "counts",
            "confirmations",
            "tombstonesSentBy",
            "compactedTopicsCleanBy"
        },
        examples =
                """
                {"erasure": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                 "customers": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12"], "reason": "CONSENT_WITHDRAWN",
                 "requestedAt": "2026-11-23T10:00:00Z", "completedAt": "2026-11-23T10:00:02Z",
                 "counts": {"changes": 17, "contactPoints": 3, "customers": 1, "identities": 2},
                 "confirmations": [{"service": "loyalty-service", "customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12",
                                    "erasedAt": "2026-11-23T10:00:01Z"}],
                 "tombstonesSentBy": "2026-11-23T10:00:01Z", "compactedTopicsCleanBy": "2026-11-24T10:00:01Z"}""")
public record ErasureCertificate(
        UUID erasure,
        List<UUID> customers,
        ErasureReason reason,
        Instant requestedAt,
        Instant completedAt,
        @Schema(description = "How many rows of each kind customer-service erased.")
                Map<String, Long> counts,
        @Schema(description = "What each service said of each customer.")
                List<Confirmation> confirmations,
        @Schema(
                        description =
                                "At this time the compacted topics had been told, at the latest: a service that has"
                                        + " heard of the erasure was told after them.")
                Instant tombstonesSentBy,
        @Schema(
                        description =
                                "By then the broker may compact away the last of what was told before.")
                Instant compactedTopicsCleanBy,
        @Schema(
                        description =
                                "By then files that were being taken in at the erasure are deleted, and what is said"
                                        + " of rows that were refused; absent when there were none. Rows of theirs"
                                        + " with an erased identity are refused.",
                        nullable = true)
                @Nullable Instant uploadedFilesCleanBy,
        @Schema(
                        description =
                                "By then the files of exports are deleted that were cancelled because the customer may"
                                        + " be in them, or before: mostly within seconds of the erasure. Nobody can"
                                        + " read them. Absent when there were none.",
                        nullable = true)
                @Nullable Instant exportedFilesCleanBy) {

    /** That one service has erased what it held under one id. */
    @Schema(
            name = "ErasureConfirmation",
            requiredProperties = {"service", "customer", "erasedAt"})
    public record Confirmation(String service, UUID customer, Instant erasedAt) {}
}
