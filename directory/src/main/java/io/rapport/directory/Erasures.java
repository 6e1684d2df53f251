package io.rapport.directory;

import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.ParkedEvents;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Erases what a service holds of a customer when customer-service asks for it, and confirms it on
 * the service's own log: once for each erasure and customer. It begins with the request, under the
 * lock that each write about the customer takes, and so does each step; a step is a transaction of
 * its own and takes a bounded number of rows. What is left after the first is taken by timers.
 */
@ApplicationScoped
class Erasures {

    static final String REQUESTED = "customer.erasure-requested.v1";

    /** The timers of customers of whom there is more to erase; their subject is the customer. */
    static final String STEP = "erasing";

    /** What is read of the request. */
    record Requested(UUID erasure) {

        Requested {
            Objects.requireNonNull(erasure, "erasure");
        }
    }

    // Waits for those that are coming in: when they looked, the customer was not erased.
    private static final String KEEP_IDENTITIES_OUT =
            "SELECT pg_advisory_xact_lock(hashtextextended('directory_identity', 0))";

    // Of all generations, also of one that a replay folds beside. The projection comes to the same,
    // but the service confirms now that it holds them no more. They are few: all lie in a snapshot.
    private static final String FORGET_IDENTITIES =
            """
            DELETE FROM directory_identity_by_generation
            WHERE customer_id = :customer AND generation = ANY(ARRAY(
                SELECT generate_series(1, newest) FROM projection WHERE name = 'directory'))""";

    private static final String FORGET_PROFILES =
            """
            UPDATE directory_customer_by_generation SET birthday = NULL, preferences = NULL
            WHERE customer_id = :customer AND num_nonnulls(birthday, preferences) > 0 AND generation = ANY(ARRAY(
                SELECT generate_series(1, newest) FROM projection WHERE name = 'directory'))""";

    private static final String LOCK =
            "SELECT last FROM customer_sequence WHERE customer_id = ? FOR UPDATE";

    private final Jdbi jdbi;
    private final RunningErasures running;
    private final Erasable erasable;
    private final Outbox outbox;
    private final ParkedEvents parked;
    private final IdempotencyKeys answers;
    private final Timers timers;
    private final Clock clock;

    Erasures(
            Jdbi jdbi,
            RunningErasures running,
            Erasable erasable,
            Outbox outbox,
            ParkedEvents parked,
            IdempotencyKeys answers,
            Timers timers,
            Clock clock) {
        this.jdbi = jdbi;
        this.running = running;
        this.erasable = erasable;
        this.outbox = outbox;
        this.parked = parked;
        this.answers = answers;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Begins what the event asks for, if it was not begun before: from now on nothing is written of
     * the customer, and nobody finds it by a name. Most customers are erased by the first step; of
     * the others the rest is left to timers, so that no consumer is held by one customer.
     */
    @Transactional(TxType.MANDATORY)
    void begin(ReceivedEvent request) {
        UUID customer = request.customer();
        UUID erasure = request.data(Requested.class).erasure();
        jdbi.useHandle(
                handle -> {
                    if (running.note(handle, erasure, request, now())) {
                        // First, for it locks the customer as every write does: what was written
                        // before is erased below, and what comes after is refused.
                        outbox.erase(List.of(customer));
                        parked.erase(List.of(customer));
                        answers.erase(List.of(customer));
                        handle.createQuery(KEEP_IDENTITIES_OUT).mapTo(String.class).one();
                        handle.createUpdate(FORGET_IDENTITIES).bind("customer", customer).execute();
                        handle.createUpdate(FORGET_PROFILES).bind("customer", customer).execute();
                        step(handle, customer);
                    }
                });
    }

    /** Does the next step; nothing when another timer of the customer has done the last one. */
    @Transactional(TxType.MANDATORY)
    void goOn(UUID customer) {
        jdbi.useHandle(
                handle -> {
                    handle.select(LOCK, customer).mapTo(long.class).one();
                    step(handle, customer);
                });
    }

    /** Runs under the lock, so that of two steps for a customer one comes after the other. */
    private void step(Handle handle, UUID customer) {
        running.next(handle, customer).ifPresent(erasure -> advance(handle, erasure));
        if (running.next(handle, customer).isPresent()) {
            timers.set(STEP, customer, clock.instant());
        }
    }

    private void advance(Handle handle, RunningErasures.Running erasure) {
        Optional<PersonalRows.Place> reached =
                erasable.rows().eraseNext(handle, erasure.customerId(), erasure.reached());
        if (reached.isPresent()) {
            running.reached(handle, erasure, reached.get());
            return;
        }
        Instant now = now();
        running.done(handle, erasure, now);
        erasure.cause()
                .reacting(
                        erasure.requestId(),
                        () ->
                                outbox.publish(
                                        erasable.confirmation(
                                                erasure.customerId(), erasure.erasureId(), now)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
