package io.rapport.interaction.promise;

import io.rapport.interaction.PromiseOutcome;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Makes promises and says what became of them, each in one transaction with its event, timer and
 * count. Locks are taken in one order, the timer, the outcome, the counts, the customer's sequence,
 * by whoever keeps a promise and by the timer that breaks it; so they wait for each other, but
 * never in a circle.
 */
@ApplicationScoped
class Promises {

    private final PromiseRows rows;
    private final Timers timers;
    private final PromiseCounts counts;
    private final Outbox outbox;
    private final Clock clock;

    Promises(PromiseRows rows, Timers timers, PromiseCounts counts, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.timers = timers;
        this.counts = counts;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes the promise in the interaction, which is the customer's. */
    @Transactional
    Promise make(UUID customer, UUID interaction, NewPromise promised) {
        Promise promise = promised.becomes(Ids.next(), customer, interaction, rows.kinds(), now());
        rows.insert(promise);
        timers.set(PromiseTimer.KIND, promise.id(), promise.dueAt());
        counts.made(promise);
        outbox.publish(promise.made());
        return promise;
    }

    /**
     * Says what became of the customer's promise, once and for good: the same again is answered
     * with the promise as it stands, anything else refused. One that is due is broken, although its
     * timer may be late.
     */
    @Transactional
    Promise settle(UUID customer, UUID id, Settlement said) {
        // Waits for the timer, should it break the promise at this moment. If this is refused, it
        // is set as before.
        timers.cancel(PromiseTimer.KIND, id);
        Instant now = now();
        PromiseOutcome outcome = said.outcome();
        Promise promise = rows.byId(customer, id);
        if (!rows.settle(promise, outcome, now, said.reason())) {
            return asItStands(rows.byId(customer, id), outcome);
        }
        Instant at = now.isBefore(promise.dueAt()) ? now : promise.dueAt();
        counts.came(promise, outcome, at);
        outbox.publish(promise.came(outcome, at));
        return promise.settled(outcome, at, said.reason());
    }

    private static Promise asItStands(Promise promise, PromiseOutcome outcome) {
        if (promise.state() == PromiseState.of(outcome)) {
            return promise;
        }
        throw Refusal.conflict(
                        "promise-is-closed",
                        "The promise has come out otherwise, or was due before this was said. What became of it stays as it is.")
                .with("state", promise.state());
    }

    /** Breaks what is due and has not come out; called in the transaction of the timers. */
    @Transactional(Transactional.TxType.MANDATORY)
    void breakAll(List<UUID> due) {
        List<Promise> broken = rows.breakAll(due);
        counts.broke(broken);
        outbox.publishAll(
                broken.stream()
                        .map(promise -> promise.came(PromiseOutcome.BROKEN, promise.dueAt()))
                        .toList());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
