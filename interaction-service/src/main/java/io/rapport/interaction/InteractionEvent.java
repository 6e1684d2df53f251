package io.rapport.interaction;

import io.rapport.platform.Money;
import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that interaction-service publishes. Never a subject or text, a source's id or a customer's
 * external id.
 */
public sealed interface InteractionEvent extends Event {

    /**
     * Something happened between the customer and us. Its time is {@code occurredAt}, possibly long
     * ago.
     */
    @EventType("interaction.recorded.v1")
    record Recorded(
            UUID customer,
            UUID interaction,
            String type,
            String channel,
            Direction direction,
            @Nullable String touchpoint,
            @Nullable Money amount,
            Instant occurredAt,
            Instant recordedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return occurredAt;
        }
    }

    /**
     * This service has erased what it held under the customer's id, as customer-service asked for.
     */
    @EventType("interaction.customer-erased.v1")
    record CustomerErased(UUID customer, UUID erasure, Instant erasedAt)
            implements InteractionEvent {

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
