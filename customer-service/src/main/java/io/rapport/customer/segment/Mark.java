package io.rapport.customer.segment;

import io.rapport.platform.event.Cause;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That others told something of a customer; the later of two has the higher id. {@code told}: by
 * which event, if it was another service.
 */
record Mark(long id, UUID customer, @Nullable Told told) {

    /** The event by which it was told, and what that one was caused by. */
    record Told(UUID event, Cause cause) {}
}
