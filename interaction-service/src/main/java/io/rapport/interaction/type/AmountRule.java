package io.rapport.interaction.type;

import io.rapport.platform.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What amount an interaction of a type carries. The number is the sign that the database checks.
 */
public enum AmountRule {
    NOT_NEGATIVE(1, "an amount of 0 or more"),
    NOT_POSITIVE(-1, "an amount of 0 or less"),
    NONE(0, "no amount");

    private final int sign;
    private final String words;

    AmountRule(int sign, String words) {
        this.sign = sign;
        this.words = words;
    }

    static AmountRule ofSign(int sign) {
        return switch (sign) {
            case 1 -> NOT_NEGATIVE;
            case -1 -> NOT_POSITIVE;
            case 0 -> NONE;
            default -> throw new IllegalArgumentException("no amount sign: " + sign);
        };
    }

    public int sign() {
        return sign;
    }

    /** What should have been there instead, or nothing when the amount is as it must be. */
    public Optional<String> objectionTo(@Nullable Money amount) {
        boolean met =
                switch (this) {
                    case NOT_NEGATIVE -> amount != null && amount.amount().signum() >= 0;
                    case NOT_POSITIVE -> amount != null && amount.amount().signum() <= 0;
                    case NONE -> amount == null;
                };
        return met ? Optional.empty() : Optional.of(words);
    }
}
