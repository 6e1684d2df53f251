package io.rapport.customer.consent;

import io.rapport.customer.Channel;
import io.rapport.platform.Ids;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was said of a consent, recorded once and never changed. It occurred at the time
 * that its evidence tells, and is known from the time on at which it was recorded. Only a giving
 * ends ({@code validUntil}) or needs a confirmation; a confirmation names the giving that it {@code
 * confirms}.
 */
public record ConsentRecord(
        UUID customer,
        UUID id,
        String purpose,
        Channel channel,
        Kind kind,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable Instant validUntil,
        boolean needsConfirmation,
        @Nullable UUID confirms,
        String source,
        @Nullable String textVersion) {

    /** What was said. */
    @Schema(name = "ConsentRecordKind")
    public enum Kind {
        GIVEN,
        CONFIRMED,
        WITHDRAWN
    }

    /** In the order of the time at which they occurred; of the same time, as they were recorded. */
    static final Comparator<ConsentRecord> BY_TIME =
            Comparator.comparing(ConsentRecord::occurredAt)
                    .thenComparing(ConsentRecord::recordedAt);

    static ConsentRecord given(
            Matter matter,
            Evidence evidence,
            Instant now,
            @Nullable Instant validUntil,
            boolean needsConfirmation) {
        return of(matter, Kind.GIVEN, evidence, now, validUntil, needsConfirmation, null);
    }

    static ConsentRecord withdrawn(Matter matter, Evidence evidence, Instant now) {
        return of(matter, Kind.WITHDRAWN, evidence, now, null, false, null);
    }

    /** The confirmation of this giving. */
    ConsentRecord confirmed(Evidence evidence, Instant now) {
        if (evidence.occurredBefore(now).isBefore(occurredAt)) {
            throw Evidence.impossible("must not lie before the giving that it confirms");
        }
        return of(matter(), Kind.CONFIRMED, evidence, now, null, false, id);
    }

    private static ConsentRecord of(
            Matter matter,
            Kind kind,
            Evidence evidence,
            Instant now,
            @Nullable Instant validUntil,
            boolean needsConfirmation,
            @Nullable UUID confirms) {
        return new ConsentRecord(
                matter.customer(),
                Ids.next(),
                matter.purpose(),
                matter.channel(),
                kind,
                evidence.occurredBefore(now),
                now,
                validUntil,
                needsConfirmation,
                confirms,
                evidence.source(),
                evidence.textVersion());
    }

    Matter matter() {
        return new Matter(customer, purpose, channel);
    }

    boolean is(Kind one) {
        return kind == one;
    }

    boolean hasEnded(Instant at) {
        return validUntil != null && !at.isBefore(validUntil);
    }
}
