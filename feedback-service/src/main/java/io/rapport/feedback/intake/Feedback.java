package io.rapport.feedback.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.feedback.FeedbackEvent;
import io.rapport.feedback.Metric;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rating that was taken in, never changed afterwards; only its text can be cleared. What is not
 * known is absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A rating that was taken in. What is absent is not known, or was erased.",
        requiredProperties = {"id", "customer", "metric", "rating", "occurredAt", "recordedAt"},
        examples =
                """
                {
                  "id": "019aa5d0-44aa-7b93-8e6f-2c1d0e9f8a51",
                  "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                  "metric": "NPS",
                  "rating": 9,
                  "text": "Quick delivery, friendly people.",
                  "touchpoint": "checkout",
                  "source": "web-survey",
                  "sourceId": "answer-4711",
                  "occurredAt": "2026-11-20T09:30:00Z",
                  "recordedAt": "2026-11-20T09:30:00.125Z"
                }""")
public record Feedback(
        UUID id,
        UUID customer,
        Metric metric,
        @Schema(description = "NPS 0 to 10, CSAT 1 to 5, CES 1 to 7.") int rating,
        @Schema(description = "The customer's own words.") @Nullable String text,
        @Nullable String touchpoint,
        @Nullable UUID interaction,
        @Nullable String source,
        @Nullable String sourceId,
        @Schema(description = "When the customer gave it.") Instant occurredAt,
        @Schema(description = "When it was taken in.") Instant recordedAt) {

    FeedbackEvent.Received received() {
        return new FeedbackEvent.Received(
                customer, occurredAt, id, metric, rating, touchpoint, interaction);
    }
}
