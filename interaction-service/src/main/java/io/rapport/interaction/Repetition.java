package io.rapport.interaction;

/** How a customer was made to repeat something. */
public enum Repetition {
    /** Told the same again. */
    TOLD,
    /** Was asked for it again. */
    ASKED
}
