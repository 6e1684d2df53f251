package io.rapport.customer.profile;

/** How something of a customer was learnt; what comes later counts for more. */
public enum Learnt {
    /** Concluded from other things. */
    INFERRED,
    /** Seen in what the customer does. */
    OBSERVED,
    /** Said by the customer. */
    STATED
}
