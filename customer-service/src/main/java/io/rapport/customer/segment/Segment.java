package io.rapport.customer.segment;

import io.rapport.platform.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A segment at one version. Its key never changes: events name it. {@code build}: how far its
 * members are decided anew, null when they are.
 */
record Segment(
        String key,
        SegmentTerms terms,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Progress build) {

    /** Members being decided anew: since when, and how many customers were. */
    record Progress(Instant since, long decided) {}

    private static final String KEY_FORM = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int MAX_KEY = 64;

    /** A path of its own. */
    private static final String PREVIEW = "preview";

    static Segment make(String key, SegmentTerms terms, Instant now) {
        if (key.length() > MAX_KEY || !key.matches(KEY_FORM) || key.equals(PREVIEW)) {
            throw Refusal.invalid(
                    "invalid-segment-key",
                    "A segment's key has words of a-z and 0-9 joined by hyphens, at most 64 characters, as in"
                            + " silent-buyers. preview is none.");
        }
        return new Segment(key, terms, 1, now, now, null);
    }

    /** This segment with other terms, one version on; itself when nothing differs. */
    Segment change(SegmentTerms to, Instant now) {
        return to.equals(terms) ? this : new Segment(key, to, version + 1, createdAt, now, build);
    }

    /** Whether the same customers are in both. */
    boolean decidesAs(Segment other) {
        return terms.condition().equals(other.terms.condition())
                && terms.active().equals(other.terms.active());
    }
}
