package io.rapport.interaction;

/** Who turned to whom: the customer to us, we to the customer, or we to ourselves, as in a note. */
public enum Direction {
    INBOUND,
    OUTBOUND,
    INTERNAL
}
