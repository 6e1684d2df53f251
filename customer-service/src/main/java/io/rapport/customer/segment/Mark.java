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
    record Told(UUID event, Cause cause) {

        /** Whether as many reactions lie behind it as may lie behind any event. */
        boolean isLast() {
            return cause.hops() >= Cause.MAX_HOPS;
        }

        /**
         * Runs what follows from it. Who is in which segment is so, whatever led to it, and is told
         * even then, with the most hops that there are: whoever reacts to that is refused.
         */
        void reacting(Runnable reaction) {
            Cause counted =
                    isLast()
                            ? new Cause(
                                    cause.correlationId(),
                                    cause.causationId(),
                                    Cause.MAX_HOPS - 1,
                                    cause.traceparent())
                            : cause;
            counted.reacting(event, reaction);
        }
    }
}
