package io.rapport.platform.event;

import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.rapport.platform.testing.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** The relay of the running service, a second holder that a test plays, and what waits for them. */
@ApplicationScoped
class RelayScene {

    static final Duration SOON = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final Clock clock;
    private final Jdbi jdbi;
    private final Relay relay;

    RelayScene(Outbox outbox, Clock clock, Jdbi jdbi, Relay relay) {
        this.outbox = outbox;
        this.clock = clock;
        this.jdbi = jdbi;
        this.relay = relay;
    }

    /** Takes the lease, and answers its epoch. */
    long steal(UUID holder, Duration duration) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        UPDATE relay_lease SET holder = :holder, epoch = epoch + 1, until = clock_timestamp() + :lease
                                        RETURNING epoch""")
                                .bind("holder", holder)
                                .bind("lease", duration)
                                .mapTo(Long.class)
                                .one());
    }

    /** The same for a minute, and waits until the running relay stands by. */
    long replace(UUID holder) {
        long epoch = steal(holder, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        return epoch;
    }

    void giveBack() {
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET until = '-infinity'"));
    }

    void publish(UUID customer, int count) {
        for (int i = 0; i < count; i++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.publish(new TestEvent.Counted(customer, clock.instant(), 1)));
        }
    }

    void snapshot(UUID customer, long version) {
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                outbox.snapshot(
                                        Topic.PROFILES,
                                        customer,
                                        version,
                                        Map.of("status", "ACTIVE")));
    }

    /** Erases the customer as a service does. */
    void erase(UUID customer, long version) {
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            outbox.publish(new TestEvent.Forgotten(customer, clock.instant()));
                            outbox.erase(List.of(customer));
                            outbox.tombstone(Topic.PROFILES, customer, version);
                        });
    }

    /** Events of the customer that wait for the relay. */
    int pending(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM outbox WHERE customer_id = :customer")
                                .bind("customer", customer)
                                .mapTo(Integer.class)
                                .one());
    }

    /** The numbers of what lies in the customer's log, in its order. */
    static IntStream sequences(Topics topics, UUID customer) {
        return topics.readAll(Topic.CUSTOMERS, customer).stream()
                .mapToInt(message -> Integer.parseInt(message.header("ce_customersequence")));
    }
}
