package io.rapport.interaction;

/** What a fact that a customer told is about. */
public enum FactKind {
    /** How things are with the customer: a household, a device, a place. */
    CIRCUMSTANCE,
    /** What the customer wants to get done. */
    NEED,
    /** What is wrong, and what was tried against it. */
    PROBLEM,
    /** What the customer would like us to do. */
    PREFERENCE,
    /** What the customer takes for granted that we do. */
    EXPECTATION
}
