package io.rapport.feedback;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that feedback-service publishes. What the customer wrote is never part of it. */
public sealed interface FeedbackEvent extends Event {

    /** A customer gave a rating. */
    @EventType("feedback.received.v1")
    record Received(
            UUID customer,
            Instant time,
            UUID feedback,
            Metric metric,
            int rating,
            @Nullable String touchpoint,
            @Nullable UUID interaction)
            implements FeedbackEvent {}

    /**
     * This service has erased what it held under the customer's id, as customer-service asked for.
     */
    @EventType("feedback.customer-erased.v1")
    record CustomerErased(UUID customer, UUID erasure, Instant erasedAt) implements FeedbackEvent {

        @Override
        public Instant time() {
            return erasedAt;
        }

        @Override
        public boolean ofErased() {
            return true;
        }
    }
}
