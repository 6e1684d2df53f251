package io.rapport.feedback.intake;

import io.rapport.directory.KnownIdentity;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of all that feedback-service holds of a customer and of those merged with them. */
@Schema(
        description = "A page of all that this service holds of a customer.",
        requiredProperties = {"customer", "members", "identities", "feedback", "next"},
        examples =
                """
                {
                  "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                  "members": ["019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42"],
                  "identities": [
                    {
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "source": "online-retail",
                      "externalId": "17850"
                    }
                  ],
                  "feedback": [
                    {
                      "id": "019aa5d0-44aa-7b93-8e6f-2c1d0e9f8a51",
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "metric": "NPS",
                      "rating": 9,
                      "text": "Quick delivery, friendly people.",
                      "touchpoint": "checkout",
                      "source": "web-survey",
                      "sourceId": "answer-4711",
                      "occurredAt": "2026-11-20T09:30:00Z",
                      "recordedAt": "2026-11-20T09:30:00.125Z"
                    }
                  ],
                  "next": null
                }""")
public record FeedbackExport(
        @Schema(description = "The customer; of those who were merged, the survivor.")
                UUID customer,
        @Schema(description = "All customers whose data this is, the customer among them.")
                List<UUID> members,
        @Schema(description = "The names that other systems have for them, as known here.")
                List<KnownIdentity> identities,
        @Schema(description = "Ratings and what was said with them, newest first.")
                List<Feedback> feedback,
        @Schema(
                        description = "Give it as `after` to get the next page; null on the last.",
                        nullable = true)
                @Nullable String next) {}
