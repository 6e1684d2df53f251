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
 * device, a place, an attribute, what a fact says or a customer's external id.
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

    /** A matter began that interactions belong to, or was split off another one. */
    @EventType("interaction.thread-opened.v1")
    record ThreadOpened(UUID customer, UUID thread, Instant openedAt) implements InteractionEvent {

        @Override
        public Instant time() {
            return openedAt;
        }
    }

    /** Nobody waits for anything in the thread any more. */
    @EventType("interaction.thread-solved.v1")
    record ThreadSolved(UUID customer, UUID thread, Instant solvedAt) implements InteractionEvent {

        @Override
        public Instant time() {
            return solvedAt;
        }
    }

    /** A thread that was solved is not, after all. */
    @EventType("interaction.thread-reopened.v1")
    record ThreadReopened(UUID customer, UUID thread, Instant reopenedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return reopenedAt;
        }
    }

    /** A thread is part of another one from now on, whether or not it was solved. */
    @EventType("interaction.thread-merged.v1")
    record ThreadMerged(UUID customer, UUID thread, UUID into, Instant mergedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return mergedAt;
        }
    }

    /** It is one of its own again, as it was when it was merged. */
    @EventType("interaction.thread-unmerged.v1")
    record ThreadUnmerged(UUID customer, UUID thread, UUID from, Instant unmergedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return unmergedAt;
        }
    }

    /**
     * A thread waits for us from now on, or again after a pause: {@code dueAt} is when its time
     * runs out. {@code kind} is FIRST_REPLY, NEXT_REPLY or SOLVE; times are business time.
     */
    @EventType("interaction.clock-started.v1")
    record ClockStarted(
            UUID customer,
            UUID thread,
            UUID clock,
            String kind,
            String policy,
            long rulesVersion,
            Duration target,
            Duration used,
            @Nullable Instant dueAt,
            Instant startedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return startedAt;
        }
    }

    /** It is the customer's turn, or the thread is part of another one: the clock stands still. */
    @EventType("interaction.clock-paused.v1")
    record ClockPaused(
            UUID customer, UUID thread, UUID clock, String kind, Duration used, Instant pausedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return pausedAt;
        }
    }

    /** What it waited for was done before its time ran out. */
    @EventType("interaction.clock-met.v1")
    record ClockMet(
            UUID customer,
            UUID thread,
            UUID clock,
            String kind,
            String policy,
            long rulesVersion,
            Duration target,
            Duration used,
            Instant metAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return metAt;
        }
    }

    /** Its time ran out: told once, of the instant at which it did. */
    @EventType("interaction.clock-breached.v1")
    record ClockBreached(
            UUID customer,
            UUID thread,
            UUID clock,
            String kind,
            String policy,
            long rulesVersion,
            Duration target,
            Instant breachedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return breachedAt;
        }
    }

    /**
     * We got to know a fact of the customer in an interaction, or a correction says it anew: under
     * which key, not what.
     */
    @EventType("interaction.fact-told.v1")
    record FactTold(
            UUID customer,
            UUID fact,
            int version,
            UUID interaction,
            String key,
            FactKind kind,
            Learnt learnt,
            boolean declined,
            Instant toldAt,
            Instant validUntil,
            Instant recordedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return version == 1 ? toldAt : recordedAt;
        }
    }

    /** What the customer had told is not known any more, for somebody asked us to forget it. */
    @EventType("interaction.fact-forgotten.v1")
    record FactForgotten(UUID customer, UUID fact, String key, FactKind kind, Instant forgottenAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return forgottenAt;
        }
    }

    /**
     * The customer had to tell in an interaction what we knew from an earlier one, or was asked for
     * it.
     */
    @EventType("interaction.context-repeated.v1")
    record ContextRepeated(
            UUID customer,
            UUID interaction,
            String key,
            FactKind kind,
            Repetition how,
            UUID fact,
            Instant toldAt,
            String channel,
            @Nullable String team,
            Instant repeatedAt)
            implements InteractionEvent {

        @Override
        public Instant time() {
            return repeatedAt;
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
