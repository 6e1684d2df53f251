package io.rapport.operations.parked;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be applied, or that follows one of its customer which could not. The
 * cause is a slug; the detail is empty where it could quote the content. The customer is absent
 * when it cannot be told whose event it is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "An event that could not be applied, or follows one of its customer that could not.",
        requiredProperties = {
            "id",
            "consumer",
            "topic",
            "partition",
            "offset",
            "cause",
            "detail",
            "parkedAt"
        },
        examples =
                """
                {"id": "019aa5d3-9c1e-7f02-8a4b-5d6e7f809112", "consumer": "earning",
                 "topic": "rapport.interactions.v1", "partition": 3, "offset": 48151,
                 "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10", "cause": "event-unreadable",
                 "detail": "", "parkedAt": "2026-11-20T09:31:07.250Z"}""")
public record ParkedEvent(
        UUID id,
        String consumer,
        String topic,
        int partition,
        long offset,
        @Schema(description = "Absent when it cannot be told whose event it is.")
                @Nullable UUID customer,
        @Schema(description = "A slug that says why it is parked.") String cause,
        @Schema(description = "Empty where it could quote the content.") String detail,
        Instant parkedAt) {}
