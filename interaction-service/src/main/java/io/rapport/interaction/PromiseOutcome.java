package io.rapport.interaction;

/** What became of a promise. Each has one at most, for good. */
public enum PromiseOutcome {
    KEPT,
    EXCEEDED,
    BROKEN,
    WITHDRAWN
}
