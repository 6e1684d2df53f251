package io.rapport.interaction;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rapport.platform.Money;
import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that interaction-service publishes. Never a subject or text, a source's id, a reference, a
 * device, a place, an attribute or a customer's external id.
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
            @Nullable String employee,
            @Nullable String team,
            @Nullable SortedMap<Emotion, Integer> emotions,
            @Nullable Result outcome,
            @Nullable Duration duration,
            @JsonProperty("wait") @Nullable Duration waited,
            Instant occurredAt,
            Instant recordedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return occurredAt;
        }
    }

    /** We promised something in an interaction. */
    @EventType("interaction.promise-made.v1")
    record PromiseMade(
            UUID customer,
            UUID promise,
            UUID interaction,
            String kind,
            Instant dueAt,
            Instant madeAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return madeAt;
        }
    }

    /** A promise was kept before it was due, or exceeded. */
    @EventType("interaction.promise-kept.v1")
    record PromiseKept(
            UUID customer,
            UUID promise,
            UUID interaction,
            String kind,
            PromiseOutcome outcome,
            Instant dueAt,
            Instant keptAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return keptAt;
        }
    }

    /** A promise was broken: at the instant at which it was due, unless somebody said so before. */
    @EventType("interaction.promise-broken.v1")
    record PromiseBroken(
            UUID customer,
            UUID promise,
            UUID interaction,
            String kind,
            Instant dueAt,
            Instant brokenAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return brokenAt;
        }
    }

    /** A promise was withdrawn before it was due. */
    @EventType("interaction.promise-withdrawn.v1")
    record PromiseWithdrawn(
            UUID customer,
            UUID promise,
            UUID interaction,
            String kind,
            Instant dueAt,
            Instant withdrawnAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return withdrawnAt;
        }
    }

    /**
     * What was recorded of an interaction was wrong: what is told replaces what was told before.
     * Its type, channel, direction, amount and time are as they were recorded.
     */
    @EventType("interaction.corrected.v1")
    record Corrected(
            UUID customer,
            UUID interaction,
            int version,
            List<String> paths,
            @Nullable String touchpoint,
            @Nullable String employee,
            @Nullable String team,
            @Nullable SortedMap<Emotion, Integer> emotions,
            @Nullable Result outcome,
            @Nullable Duration duration,
            @JsonProperty("wait") @Nullable Duration waited,
            Instant correctedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return correctedAt;
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
