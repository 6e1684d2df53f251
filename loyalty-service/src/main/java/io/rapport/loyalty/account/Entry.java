package io.rapport.loyalty.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rapport.platform.Money;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.mapper.Nested;

/**
 * One movement of points, never changed afterwards. It says why (interaction, amount, programme
 * version) and holds nothing personal.
 */
@Schema(
        description =
                "One movement of points, never changed afterwards, with what it needs to explain itself.",
        requiredProperties = {
            "customer",
            "id",
            "programme",
            "number",
            "kind",
            "points",
            "requested",
            "balanceAfter",
            "programmeVersion",
            "interaction",
            "cause",
            "amount",
            "occurredAt",
            "recordedAt"
        },
        examples =
                """
                {
                  "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                  "id": "019aa5c9-10c4-7a62-a3d7-0b8e4f5c6d31",
                  "programme": "default",
                  "number": 2,
                  "kind": "REVERSED",
                  "points": -12,
                  "requested": 15,
                  "balanceAfter": 0,
                  "programmeVersion": 1,
                  "interaction": "019aa5c9-0e75-7f08-91c2-7d6b3a4e5f41",
                  "cause": "019aa5c9-0f10-7d3a-8a55-1c2b3d4e5f60",
                  "amount": {"amount": "-15.40", "currency": "GBP"},
                  "occurredAt": "2026-11-20T09:30:00Z",
                  "recordedAt": "2026-11-20T09:30:00.125Z"
                }""")
public record Entry(
        UUID customer,
        UUID id,
        String programme,
        @Schema(description = "1, 2, 3, … without a gap in each account.") long number,
        Kind kind,
        @Schema(description = "Signed: what the entry added to the balance.") long points,
        @Schema(description = "What the amount was worth; a reversal stops at 0.") long requested,
        @Schema(description = "The balance after this entry.") long balanceAfter,
        @Schema(description = "The version of the programme that set the worth.")
                int programmeVersion,
        @Schema(description = "The interaction that moved the points.") UUID interaction,
        @JsonProperty("cause") @Schema(description = "The event that told of the interaction.")
                UUID causingEvent,
        @Nested Money amount,
        @Schema(description = "When the interaction happened.") Instant occurredAt,
        @Schema(description = "When the entry was made.") Instant recordedAt) {

    /** What an entry does to the balance, and the sign of the amounts that do it. */
    @Schema(name = "EntryKind")
    public enum Kind {
        EARNED(1),
        REVERSED(-1);

        private final int sign;

        Kind(int sign) {
            this.sign = sign;
        }

        int sign() {
            return sign;
        }
    }
}
