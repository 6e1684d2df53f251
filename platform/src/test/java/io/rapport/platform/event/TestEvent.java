package io.rapport.platform.event;

import java.time.Instant;
import java.util.UUID;

/** What the service under test publishes. */
sealed interface TestEvent extends Event {

    @EventType("customer.counted.v1")
    record Counted(UUID customer, Instant time, int number) implements TestEvent {}

    @EventType("customer.echoed.v1")
    record Echoed(UUID customer, Instant time) implements TestEvent {}

    @EventType("customer.forgotten.v1")
    record Forgotten(UUID customer, Instant time) implements TestEvent {
        @Override
        public boolean ofErased() {
            return true;
        }
    }
}
