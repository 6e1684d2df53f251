package io.rapport.customer.consent;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a consent at a time, and the record that decides it: a giving, which may have its
 * confirmation, or a withdrawal. {@code pending} is a later giving that waits for its confirmation.
 */
record ConsentDecision(
        ConsentState state,
        @Nullable ConsentRecord record,
        @Nullable ConsentRecord confirmation,
        @Nullable UUID pending) {

    /** The default: no consent. */
    static final ConsentDecision NONE = new ConsentDecision(ConsentState.NONE, null, null, null);

    /** The most restrictive first; of several givings the one that ends first. */
    static final Comparator<ConsentDecision> BY_RESTRICTION =
            Comparator.comparing(ConsentDecision::state)
                    .thenComparing(ConsentDecision::end)
                    .thenComparing(
                            ConsentDecision::record,
                            Comparator.nullsLast(ConsentRecord.BY_TIME.reversed()));

    /** The only state that allows anything. */
    boolean isPermission() {
        return state == ConsentState.GIVEN;
    }

    /** Whether this record decides; a giving that waits for its confirmation decides nothing. */
    boolean isDecidedBy(ConsentRecord one) {
        return state != ConsentState.PENDING && (one.equals(record) || one.equals(confirmation));
    }

    /** The record that decides, if there is one; a giving that waits decides nothing. */
    @Nullable ConsentRecord deciding() {
        return state == ConsentState.PENDING ? null : record;
    }

    @Nullable Instant validUntil() {
        return record == null ? null : record.validUntil();
    }

    private Instant end() {
        Instant end = validUntil();
        return end == null ? Instant.MAX : end;
    }
}
