package io.rapport.customer;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
}
