package io.rapport.customer.search;

import java.util.Comparator;

/** A term by which a part of a query may be met, by the part's number, and what that costs. */
record Spelled(String term, int part, int cost) {

    static final Comparator<Spelled> BY_COST =
            Comparator.comparingInt(Spelled::cost).thenComparing(Spelled::term);
}
