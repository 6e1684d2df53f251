package io.rapport.loyalty.account;

import io.rapport.directory.KnownIdentity;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of all that loyalty-service holds of a customer and of those merged with them. */
@Schema(
        description = "A page of all that this service holds of a customer.",
        requiredProperties = {"customer", "members", "identities", "accounts", "entries", "next"},
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
                  "accounts": [
                    {
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "programme": "default",
                      "balance": 37,
                      "earned": 37,
                      "reversed": 0,
                      "tier": "BASE",
                      "pointsToNextTier": 463
                    }
                  ],
                  "entries": [
                    {
                      "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
                      "id": "019aa5c9-11c2-7e4b-a5d3-4b6c7d8e9f02",
                      "programme": "default",
                      "number": 1,
                      "kind": "EARNED",
                      "points": 37,
                      "requested": 37,
                      "balanceAfter": 37,
                      "programmeVersion": 1,
                      "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                      "cause": "019aa5c9-0f10-7d3a-8a55-1c2b3d4e5f60",
                      "amount": {"amount": "37.80", "currency": "GBP"},
                      "occurredAt": "2026-11-20T09:14:05.250Z",
                      "recordedAt": "2026-11-20T09:14:06.125Z"
                    }
                  ],
                  "next": null
                }""")
public record LoyaltyExport(
        @Schema(description = "The customer; of those who were merged, the survivor.")
                UUID customer,
        @Schema(description = "All customers whose data this is, the customer among them.")
                List<UUID> members,
        @Schema(description = "The names that other systems have for them, as known here.")
                List<KnownIdentity> identities,
        @Schema(description = "The accounts of those who have entries, each for itself.")
                List<Standing> accounts,
        @Schema(description = "Why the points moved, newest first.") List<Entry> entries,
        @Schema(
                        description = "Give it as `after` to get the next page; null on the last.",
                        nullable = true)
                @Nullable String next) {}
