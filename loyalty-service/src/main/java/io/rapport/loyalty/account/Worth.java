package io.rapport.loyalty.account;

import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programme;
import io.rapport.platform.Money;
import java.util.Optional;

/**
 * What an occasion is worth: points to earn or to take back, at least one. It needs no account, so
 * that nothing is locked for what moves no points.
 */
public record Worth(Kind kind, long points, Occasion occasion) {

    /**
     * The points of the whole units of an amount that has the sign of its kind. Any other amount
     * moves nothing: a refund handed in as a purchase earns nothing, and the other way round.
     */
    static Optional<Worth> of(Kind kind, Occasion occasion, Programme programme) {
        Money amount = occasion.amount();
        if (amount.amount().signum() != kind.sign()) {
            return Optional.empty();
        }
        long points = programme.pointsFor(amount);
        return points == 0 ? Optional.empty() : Optional.of(new Worth(kind, points, occasion));
    }
}
