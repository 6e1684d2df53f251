package io.rapport.local.demo;

import java.math.BigDecimal;

/**
 * A number of things and their sum in one currency. Two are equal when their figures are: 1.5 is
 * 1.50.
 */
public record Tally(long count, BigDecimal sum) {
    static final Tally NONE = new Tally(0, BigDecimal.ZERO);

    public Tally {
        BigDecimal stripped = sum.stripTrailingZeros();
        sum = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    Tally plus(BigDecimal amount) {
        return new Tally(count + 1, sum.add(amount));
    }

    Tally plus(Tally other) {
        return new Tally(count + other.count, sum.add(other.sum));
    }

    @Override
    public String toString() {
        return count + " of " + sum.setScale(Math.max(2, sum.scale())).toPlainString();
    }
}
