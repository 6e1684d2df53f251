package io.rapport.customer.consent;

/**
 * What holds of a consent at a time, the most restrictive first. Of those that say no, the last two
 * are silence and not a no: they restrict nobody else of a merge.
 */
public enum ConsentState {
    /** It was withdrawn, and not given since. */
    WITHDRAWN,
    /** It was given, and its time is over. */
    EXPIRED,
    /** It was given and counts. */
    GIVEN,
    /** It was given and waits for its confirmation; nothing before it counts. */
    PENDING,
    /** Nobody has said anything. */
    NONE
}
