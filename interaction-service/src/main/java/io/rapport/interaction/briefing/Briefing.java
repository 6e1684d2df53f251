package io.rapport.interaction.briefing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.directory.KnownPreference;
import io.rapport.interaction.fact.Fact;
import io.rapport.interaction.promise.Promise;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What whoever serves a customer should know, as of one moment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "What whoever serves a customer should know before the first word.",
        requiredProperties = {"customer", "members", "at", "topics", "dontAskAgain", "preferences"},
        examples =
                """
                {
                  "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                  "members": ["019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42"],
                  "at": "2026-11-21T09:00:00Z",
                  "topics": [
                    {
                      "topic": "household",
                      "facts": [
                        {
                          "id": "019aa5d2-3d50-7e22-901f-6c8bad4f2e30",
                          "version": 1,
                          "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                          "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                          "key": "household-size",
                          "topic": "household",
                          "kind": "CIRCUMSTANCE",
                          "learnt": "STATED",
                          "declined": false,
                          "value": "Four, and a dog",
                          "toldAt": "2026-11-20T09:14:05.250Z",
                          "validUntil": "2028-11-20T09:14:05.250Z",
                          "recordedAt": "2026-11-20T09:15:00.125Z",
                          "teller": "STAFF"
                        }
                      ]
                    }
                  ],
                  "dontAskAgain": [
                    {
                      "key": "household-size",
                      "topic": "household",
                      "why": "STATED",
                      "until": "2028-11-20T09:14:05.250Z",
                      "fact": "019aa5d2-3d50-7e22-901f-6c8bad4f2e30",
                      "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"
                    }
                  ],
                  "promises": [
                    {
                      "id": "019aa5d1-2c40-7d11-8f0e-5b7a9c3e1d20",
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                      "kind": "CALL_BACK",
                      "text": "We call back with the date of delivery.",
                      "team": "support",
                      "employee": "e-17",
                      "state": "OPEN",
                      "madeAt": "2026-11-20T09:20:00.125Z",
                      "dueAt": "2026-11-21T12:00:00Z"
                    }
                  ],
                  "mood": {
                    "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                    "occurredAt": "2026-11-20T09:14:05.250Z",
                    "emotions": {"ANGER": 70, "JOY": 20}
                  },
                  "preferences": [
                    {
                      "key": "drink",
                      "learnt": "STATED",
                      "kind": "PREFERENCE",
                      "value": "tea",
                      "source": "crm",
                      "at": "2026-11-20T09:14:05.250Z",
                      "confidence": 1
                    }
                  ]
                }""")
public record Briefing(
        @Schema(description = "The customer; of those who were merged, the survivor.")
                UUID customer,
        @Schema(description = "All customers who are the same, the customer among them.")
                List<UUID> members,
        @Schema(description = "As of when it is true.") Instant at,
        @Schema(description = "What is known and still holds, by topic, each in the order of keys.")
                List<Topic> topics,
        @Schema(description = "What nobody is to ask for, by topic and key.")
                List<NotToAsk> dontAskAgain,
        @Schema(description = "What we promised and have not kept yet, due first; 50 at most.")
                List<Promise> promises,
        @Schema(description = "How the customer felt last; absent where that is not known.")
                @Nullable Mood mood,
        @Schema(
                        description =
                                "What the customer prefers, as customer-service holds it; of one key the first holds.")
                List<KnownPreference> preferences) {

    /** What is known of one topic. */
    @Schema(name = "KnownTopic", description = "What is known of one topic.")
    public record Topic(@Schema(examples = "household") String topic, List<Fact> facts) {}
}
