package io.rapport.loyalty.programme;

import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A published programme: {@code pointsPerUnit} for each whole unit of money, whatever its currency,
 * and a ladder of tiers that begins at 0 and rises.
 */
public record Programme(String code, int version, long pointsPerUnit, List<Tier> ladder) {

    public Programme {
        ladder = List.copyOf(ladder);
        if (pointsPerUnit <= 0) {
            throw new IllegalArgumentException("programme " + code + " gives no points for a unit");
        }
        if (ladder.isEmpty() || ladder.getFirst().qualifyingPoints() != 0) {
            throw new IllegalArgumentException(
                    "the ladder of programme " + code + " does not begin at 0");
        }
        for (int step = 1; step < ladder.size(); step++) {
            if (ladder.get(step).qualifyingPoints() <= ladder.get(step - 1).qualifyingPoints()) {
                throw new IllegalArgumentException(
                        "the ladder of programme " + code + " does not rise");
            }
        }
    }

    /**
     * The points of the whole units of an amount, whose sign does not matter: 12.99 and -12.99 are
     * 12 units.
     */
    public long pointsFor(Money amount) {
        BigDecimal wholeUnits = amount.amount().abs().setScale(0, RoundingMode.DOWN);
        try {
            return Math.multiplyExact(wholeUnits.longValueExact(), pointsPerUnit);
        } catch (ArithmeticException e) {
            throw Refusal.unprocessable(
                    "points-overflow", "The amount is worth more points than can be counted.");
        }
    }

    /** The highest tier that so many qualifying points reach. */
    public Tier tierAt(long qualifyingPoints) {
        return ladder.reversed().stream()
                .filter(tier -> tier.qualifyingPoints() <= qualifyingPoints)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "qualifying points below 0: " + qualifyingPoints));
    }

    /** The points that are missing to the next tier; nothing at the top. */
    public Optional<Long> pointsToNextTier(long qualifyingPoints) {
        return ladder.stream()
                .map(tier -> tier.qualifyingPoints() - qualifyingPoints)
                .filter(missing -> missing > 0)
                .findFirst();
    }
}
