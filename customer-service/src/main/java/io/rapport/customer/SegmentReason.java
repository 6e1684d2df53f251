package io.rapport.customer;

/** What made a customer enter or leave a segment. */
public enum SegmentReason {
    /** Its profile was written, or it was made. */
    PROFILE,
    /** Another service told something of it, or another customer has another relation to it. */
    CONTEXT,
    /** Time passed. */
    TIME,
    /**
     * The segment, or one that it refers to, was made or changed; or the context was folded anew.
     */
    DEFINITION,
    /** Somebody said so, or took it back. */
    OVERRIDE,
    /** It was merged or unmerged, or another with it. */
    MERGE
}
