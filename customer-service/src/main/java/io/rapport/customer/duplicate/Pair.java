package io.rapport.customer.duplicate;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.util.Comparator;
import java.util.UUID;

/** Two customers in the one order in which a pair is kept. */
record Pair(UUID a, UUID b) {

    static final Comparator<Pair> ORDER =
            Comparator.comparing(Pair::a, Ids.BY_VALUE).thenComparing(Pair::b, Ids.BY_VALUE);

    static Pair of(UUID one, UUID other) {
        int order = Ids.BY_VALUE.compare(one, other);
        if (order == 0) {
            throw Refusal.conflict(
                    "customer-itself", "Both are the same customer: name two different ones.");
        }
        return order < 0 ? new Pair(one, other) : new Pair(other, one);
    }
}
