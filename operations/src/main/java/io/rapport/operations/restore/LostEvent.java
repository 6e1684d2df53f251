package io.rapport.operations.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event in a topic of this service that its database does not know, because it was restored to
 * an older state. On a log it has a sequence, on a compacted topic a version.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "An event that lies in a topic of this service and that its restored database does not know.",
        requiredProperties = {
            "number",
            "topic",
            "partition",
            "offset",
            "customer",
            "id",
            "type",
            "time",
            "foundAt"
        },
        examples =
                """
                {"number": 1, "topic": "rapport.loyalty.v1", "partition": 3, "offset": 48151,
                 "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10", "sequence": 7,
                 "id": "019aa5d3-9c1e-7f02-8a4b-5d6e7f809112", "type": "loyalty.points-earned.v1",
                 "time": "2026-11-20T09:30:00Z", "foundAt": "2026-11-20T11:02:13.250Z"}""")
public record LostEvent(
        @Schema(description = "In the order in which they were found.") long number,
        String topic,
        int partition,
        long offset,
        UUID customer,
        @Schema(description = "On a log: the number of the event among those of its customer.")
                @Nullable Long sequence,
        @Schema(description = "On a compacted topic: the version of the state.")
                @Nullable Long version,
        UUID id,
        String type,
        @Schema(description = "When it happened.") Instant time,
        Instant foundAt,
        @Schema(description = "Absent until the loss is accepted.") @Nullable Instant acceptedAt) {}
