package io.rapport.customer.profile;

/**
 * Where staff say that a customer stands with us. It is declared, may go any way, and is neither
 * computed nor a score.
 */
public enum LifecycleStage {
    /** Has shown interest. */
    LEAD,
    /** Was found to need what we offer. */
    QUALIFIED,
    /** Considers an offer of ours. */
    OPPORTUNITY,
    /** Has bought. */
    CUSTOMER,
    /** Recommends us to others. */
    ADVOCATE,
    /** Was a customer and is none any more. */
    FORMER
}
