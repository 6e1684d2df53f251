package io.rapport.interaction;

/** How something of a customer was learnt. */
public enum Learnt {
    /** Said by the customer. */
    STATED,
    /** Seen in what the customer does. */
    OBSERVED,
    /** Concluded from other things. */
    INFERRED
}
