package io.rapport.interaction.timeline;

import io.rapport.directory.KnownBirthday;
import io.rapport.directory.KnownIdentity;
import io.rapport.directory.KnownPreference;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.fact.Fact;
import io.rapport.interaction.fact.FactVersion;
import io.rapport.interaction.promise.Promise;
import io.rapport.interaction.thread.ExportedThread;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of all that interaction-service holds of a customer and of those merged with them. */
@Schema(
        description = "A page of all that this service holds of a customer.",
        requiredProperties = {
            "customer",
            "members",
            "identities",
            "birthdays",
            "preferences",
            "interactions",
            "versions",
            "promises",
            "threads",
            "facts",
            "factVersions",
            "next"
        },
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
                  "birthdays": [
                    {"customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42", "birthday": "1985-12-10"}
                  ],
                  "preferences": [],
                  "interactions": [
                    {
                      "id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                      "version": 1,
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "source": "online-retail",
                      "sourceId": "536365",
                      "type": "PURCHASE",
                      "channel": "WEB",
                      "direction": "INBOUND",
                      "touchpoint": "checkout",
                      "amount": {"amount": "139.12", "currency": "GBP"},
                      "occurredAt": "2026-11-20T09:14:05.250Z",
                      "recordedAt": "2026-11-20T09:14:06.125Z",
                      "subject": "Your order"
                    }
                  ],
                  "versions": [],
                  "promises": [
                    {
                      "id": "019aa5d1-2c40-7d11-8f0e-5b7a9c3e1d20",
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                      "kind": "SHIPPING_DATE",
                      "text": "It leaves us on Saturday.",
                      "team": "shipping",
                      "rule": "ships-in-two-days",
                      "state": "KEPT",
                      "madeAt": "2026-11-20T09:20:00.125Z",
                      "dueAt": "2026-11-21T22:00:00Z",
                      "settledAt": "2026-11-21T15:02:11Z"
                    }
                  ],
                  "threads": [],
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
                  ],
                  "factVersions": [],
                  "next": null
                }""")
public record InteractionExport(
        @Schema(description = "The customer; of those who were merged, the survivor.")
                UUID customer,
        @Schema(description = "All customers whose data this is, the customer among them.")
                List<UUID> members,
        @Schema(description = "The names that other systems have for them, as known here.")
                List<KnownIdentity> identities,
        @Schema(description = "When they were born, as far as it is known here.")
                List<KnownBirthday> birthdays,
        @Schema(description = "What the customer prefers, as it is known here.")
                List<KnownPreference> preferences,
        @Schema(description = "What happened, newest first, with all words.")
                List<Interaction> interactions,
        @Schema(description = "All versions of those that were corrected, each one's newest first.")
                List<InteractionVersion> versions,
        @Schema(description = "After all interactions: what was promised, due last first.")
                List<Promise> promises,
        @Schema(description = "The threads that they are in, newest first.")
                List<ExportedThread> threads,
        @Schema(description = "After all promises: what was told, told last first.")
                List<Fact> facts,
        @Schema(description = "All versions of those that were corrected, each one's newest first.")
                List<FactVersion> factVersions,
        @Schema(
                        description = "Give it as `after` to get the next page; null on the last.",
                        nullable = true)
                @Nullable String next) {}
