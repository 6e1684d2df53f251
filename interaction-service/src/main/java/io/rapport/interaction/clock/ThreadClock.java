package io.rapport.interaction.clock;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.clock.ClockRules.Policy;
import io.rapport.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a thread waits by. It runs in business time, stands still while it is paused, and
 * runs out once; what is due is decided by {@code due}, not by when anybody looks. A change never
 * lies before the one before it.
 */
public record ThreadClock(
        UUID customer,
        UUID id,
        UUID thread,
        ClockKind kind,
        String policy,
        long rulesVersion,
        long targetMs,
        Instant startedAt,
        Instant changedAt,
        boolean running,
        long usedMs,
        @Nullable Instant due,
        @Nullable Instant breachedAt,
        @Nullable Instant endedAt,
        boolean dropped) {

    /** Set and standing still, so that nothing is due of it. */
    static ThreadClock of(
            Watched watched,
            ClockKind kind,
            Policy policy,
            long rulesVersion,
            Duration target,
            Instant at) {
        return new ThreadClock(
                watched.customer(),
                Ids.next(),
                watched.thread(),
                kind,
                policy.code(),
                rulesVersion,
                target.toMillis(),
                at,
                at,
                false,
                0,
                null,
                null,
                null,
                false);
    }

    /** Goes on where the other one stands still. */
    ThreadClock asLateAs(ThreadClock other) {
        return with(changedAt, running, other.usedMs, null, other.breachedAt, null);
    }

    Duration target() {
        return Duration.ofMillis(targetMs);
    }

    /** The business time that it has run, as of a time that is not before its last change. */
    Duration used(BusinessCalendar calendar, Instant at) {
        Duration until = Duration.ofMillis(usedMs);
        return running ? until.plus(calendar.between(changedAt, at)) : until;
    }

    boolean isDue(Instant now) {
        return breachedAt == null && due != null && !due.isAfter(now);
    }

    ThreadClock resume(BusinessCalendar calendar, Instant when) {
        Instant at = notBefore(when);
        Duration left = target().minusMillis(usedMs);
        Optional<Instant> next = left.isPositive() ? calendar.after(at, left) : Optional.of(at);
        return with(
                at, true, usedMs, breachedAt == null ? next.orElse(null) : null, breachedAt, null);
    }

    ThreadClock pause(BusinessCalendar calendar, Instant when) {
        Instant at = notBefore(when);
        return with(at, false, used(calendar, at).toMillis(), null, breachedAt, null);
    }

    ThreadClock end(BusinessCalendar calendar, Instant when) {
        Instant at = notBefore(when);
        return with(at, false, used(calendar, at).toMillis(), null, breachedAt, at);
    }

    /** It ends, for what it waited for has gone. */
    ThreadClock drop(BusinessCalendar calendar, Instant when) {
        ThreadClock ended = end(calendar, when);
        return new ThreadClock(
                customer,
                id,
                thread,
                kind,
                policy,
                rulesVersion,
                targetMs,
                startedAt,
                ended.changedAt,
                false,
                ended.usedMs,
                null,
                breachedAt,
                ended.endedAt,
                true);
    }

    /** It goes on to run, so that in the end it is known how long it was. */
    ThreadClock breach() {
        return with(changedAt, running, usedMs, null, due, null);
    }

    InteractionEvent.ClockStarted started() {
        return new InteractionEvent.ClockStarted(
                customer,
                thread,
                id,
                kind.name(),
                policy,
                rulesVersion,
                target(),
                Duration.ofMillis(usedMs),
                due,
                changedAt);
    }

    InteractionEvent.ClockPaused paused() {
        return new InteractionEvent.ClockPaused(
                customer, thread, id, kind.name(), Duration.ofMillis(usedMs), changedAt);
    }

    InteractionEvent.ClockMet met() {
        return new InteractionEvent.ClockMet(
                customer,
                thread,
                id,
                kind.name(),
                policy,
                rulesVersion,
                target(),
                Duration.ofMillis(usedMs),
                changedAt);
    }

    InteractionEvent.ClockBreached breached(Instant at) {
        return new InteractionEvent.ClockBreached(
                customer, thread, id, kind.name(), policy, rulesVersion, target(), at);
    }

    private Instant notBefore(Instant at) {
        return at.isBefore(changedAt) ? changedAt : at;
    }

    private ThreadClock with(
            Instant changed,
            boolean runs,
            long used,
            @Nullable Instant newDue,
            @Nullable Instant breached,
            @Nullable Instant ended) {
        return new ThreadClock(
                customer,
                id,
                thread,
                kind,
                policy,
                rulesVersion,
                targetMs,
                startedAt,
                changed,
                runs,
                used,
                newDue,
                breached,
                ended,
                dropped);
    }
}
