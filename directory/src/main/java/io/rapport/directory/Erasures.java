package io.rapport.directory;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.ParkedEvents;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.http.IdempotencyKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Erases what a service holds of a customer when customer-service asks for it, and confirms it on
 * the service's own log: once for each erasure and customer, in one transaction. A reaction of the
 * service calls it, and says what is personal in its tables and what its confirmation is.
 */
@ApplicationScoped
public class Erasures {

    static final String REQUESTED = "customer.erasure-requested.v1";

    /** The event by which a service says that it has erased. */
    @FunctionalInterface
    public interface Confirmation {
        Event of(UUID customer, UUID erasure, Instant erasedAt);
    }

    /** What is read of the request. */
    record Requested(UUID erasure) {

        Requested {
            Objects.requireNonNull(erasure, "erasure");
        }
    }

    private static final String NOTE =
            """
            INSERT INTO customer_erasure (erasure_id, customer_id, erased_at)
            VALUES (:erasure, :customer, :now) ON CONFLICT DO NOTHING""";

    private final Jdbi jdbi;
    private final Outbox outbox;
    private final ParkedEvents parked;
    private final IdempotencyKeys answers;
    private final Clock clock;

    Erasures(Jdbi jdbi, Outbox outbox, ParkedEvents parked, IdempotencyKeys answers, Clock clock) {
        this.jdbi = jdbi;
        this.outbox = outbox;
        this.parked = parked;
        this.answers = answers;
        this.clock = clock;
    }

    /** Does what the event asks for, if it asks for an erasure that was not carried out yet. */
    @Transactional(TxType.MANDATORY)
    public void carryOut(ReceivedEvent event, PersonalRows rows, Confirmation confirmation) {
        if (!event.type().equals(REQUESTED)) {
            return;
        }
        UUID erasure = event.data(Requested.class).erasure();
        UUID customer = event.customer();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbi.useHandle(
                handle -> {
                    if (note(handle, erasure, customer, now)) {
                        // First, for it locks the customer as every write does: what was written
                        // before is erased below, and what comes after is refused.
                        outbox.publish(confirmation.of(customer, erasure, now));
                        outbox.erase(List.of(customer));
                        parked.erase(List.of(customer));
                        answers.erase(List.of(customer));
                        rows.erase(handle, customer);
                    }
                });
    }

    private static boolean note(Handle handle, UUID erasure, UUID customer, Instant now) {
        return handle.createUpdate(NOTE)
                        .bind("erasure", erasure)
                        .bind("customer", customer)
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
