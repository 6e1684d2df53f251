package io.rapport.loyalty.account;

import io.rapport.loyalty.programme.Programme;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a customer stands in a programme, in whole points. */
@Schema(
        description = "Where a customer stands in a programme, in whole points.",
        requiredProperties = {"customer", "programme", "balance", "earned", "reversed", "tier"},
        examples =
                """
                {
                  "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                  "programme": "default",
                  "balance": 37,
                  "earned": 52,
                  "reversed": 15,
                  "tier": "BASE",
                  "pointsToNextTier": 463
                }""")
public record Standing(
        UUID customer,
        String programme,
        @Schema(description = "Points that can be spent now.") long balance,
        @Schema(description = "All points ever earned.") long earned,
        @Schema(description = "Points taken back by cancellations.") long reversed,
        @Schema(description = "By earned minus reversed points.") String tier,
        @Schema(
                        description =
                                "Qualifying points missing to the next tier; null at the top.",
                        nullable = true)
                @Nullable Long pointsToNextTier) {

    static Standing of(Account account, Programme programme) {
        return new Standing(
                account.customer(),
                account.programme(),
                account.balance(),
                account.earned(),
                account.reversed(),
                account.tier(),
                programme.pointsToNextTier(account.qualifyingPoints()).orElse(null));
    }
}
