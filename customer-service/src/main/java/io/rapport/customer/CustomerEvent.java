package io.rapport.customer;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that customer-service writes to its log. What a profile holds travels on the compacted
 * profile topic only.
 */
public sealed interface CustomerEvent extends Event {

    /** The customer exists from now on. */
    @EventType("customer.registered.v1")
    record Registered(UUID customer, Instant time, CustomerKind kind) implements CustomerEvent {}

    /**
     * The profile has another version; {@code paths} are sorted JSON pointers into it, never
     * values.
     */
    @EventType("customer.changed.v1")
    record Changed(UUID customer, Instant time, List<String> paths) implements CustomerEvent {}

    /**
     * A consent counts from now on, or goes on with another end: {@code consent} is the record in
     * which it was given, {@code occurredAt} when that was, {@code validUntil} when it ends, if at
     * all.
     */
    @EventType("customer.consent-given.v1")
    record ConsentGiven(
            UUID customer,
            Instant time,
            UUID consent,
            String purpose,
            Channel channel,
            Instant occurredAt,
            @Nullable Instant validUntil)
            implements CustomerEvent {}

    /** From now on there is no consent; {@code consent} is the record in which it was withdrawn. */
    @EventType("customer.consent-withdrawn.v1")
    record ConsentWithdrawn(
            UUID customer,
            Instant time,
            UUID consent,
            String purpose,
            Channel channel,
            Instant occurredAt)
            implements CustomerEvent {}

    /**
     * The customer answers as {@code survivor} from now on, with the facts of both. {@code merge}
     * is the link that holds them together.
     */
    @EventType("customer.merged.v1")
    record Merged(UUID customer, Instant time, UUID survivor, UUID merge)
            implements CustomerEvent {}

    /** The customer answers for itself again, with the facts that arrived on its own id. */
    @EventType("customer.unmerged.v1")
    record Unmerged(UUID customer, Instant time, UUID survivor, UUID merge)
            implements CustomerEvent {}

    /**
     * The customer is in the segment from now on. {@code version}: of its definition; {@code
     * fields}: the paths of what decided it, never values.
     */
    @EventType("customer.segment-entered.v1")
    record SegmentEntered(
            UUID customer,
            Instant time,
            String segment,
            long version,
            SegmentReason reason,
            List<String> fields)
            implements CustomerEvent {}

    /** The customer is in the segment no more; see {@link SegmentEntered}. */
    @EventType("customer.segment-left.v1")
    record SegmentLeft(
            UUID customer,
            Instant time,
            String segment,
            long version,
            SegmentReason reason,
            List<String> fields)
            implements CustomerEvent {}

    /**
     * Nothing is known of the customer any more: customer-service has erased what it held, and the
     * others are to. One for each of those who are erased together.
     */
    @EventType("customer.erasure-requested.v1")
    record ErasureRequested(UUID customer, Instant time, UUID erasure, Instant requestedAt)
            implements CustomerEvent {
        @Override
        public boolean ofErased() {
            return true;
        }
    }

    /** All services have erased all who were to be erased together. */
    @EventType("customer.erased.v1")
    record Erased(UUID customer, Instant time, UUID erasure, Instant requestedAt, Instant erasedAt)
            implements CustomerEvent {
        @Override
        public boolean ofErased() {
            return true;
        }
    }
}
