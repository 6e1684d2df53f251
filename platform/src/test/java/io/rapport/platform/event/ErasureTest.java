package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Strays;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a service forgets of a customer by the means that all services share. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasureTest {

    @Inject Outbox outbox;
    @Inject ParkedEvents parked;
    @Inject RelayScene scene;
    @Inject Effects effects;
    @Inject Clock clock;
    @Inject Jdbi jdbi;

    private final Topics topics = Topics.ofSuite();
    private final Events events = Events.ofSuite();
    private final UUID customer = Ids.next();
    private final UUID other = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    @AfterAll
    static void leaveNoStrays() throws SQLException {
        Strays.countAsSent(Topic.PROFILES);
    }

    @Test
    void waiting_snapshots_go_and_numbered_events_and_those_of_others_are_sent() {
        inTransaction(
                () -> {
                    outbox.publish(counted(customer));
                    outbox.snapshot(Topic.PROFILES, customer, 1, Map.of("status", "ACTIVE"));
                    outbox.snapshot(Topic.PROFILES, other, 1, Map.of("status", "ACTIVE"));
                    outbox.publish(forgotten(customer));
                    outbox.erase(List.of(customer));
                    outbox.tombstone(Topic.PROFILES, customer, 2);
                    return true;
                });

        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        assertThat(topics.readAll(Topic.PROFILES, customer))
                .hasSize(Suite.PARTITIONS)
                .allMatch(message -> message.value() == null);
        assertThat(RelayScene.sequences(topics, customer)).containsExactly(1, 2);
        await().atMost(RelayScene.SOON)
                .until(() -> topics.readAll(Topic.PROFILES, other).size() == 1);
    }

    /** A lock that the erasure does not wait for: what is being removed was sent already. */
    @Test
    void a_snapshot_that_the_relay_is_removing_is_left_to_it() throws SQLException {
        scene.replace(Ids.next());
        try {
            scene.snapshot(customer, 1);
            scene.snapshot(customer, 2);
            try (Connection relay = Databases.asApplication().connect()) {
                relay.setAutoCommit(false);
                relay.createStatement()
                        .execute(
                                "DELETE FROM outbox WHERE version = 1 AND customer_id = '"
                                        + customer
                                        + "'");
                scene.erase(customer, 3);
                relay.commit();
            }
            assertThat(waiting()).containsExactly("3", "customer.forgotten.v1");
        } finally {
            scene.giveBack();
        }
    }

    @Test
    void of_an_erased_customer_nothing_is_published_any_more_but_what_tells_of_it() {
        scene.publish(customer, 1);
        scene.erase(customer, 1);

        refused(() -> inTransaction(() -> outbox.publish(counted(customer))));
        refused(
                () ->
                        inTransaction(
                                () ->
                                        outbox.publishAll(
                                                List.of(counted(other), counted(customer)))));
        assertThat(inTransaction(() -> outbox.publish(forgotten(customer))).sequence())
                .isEqualTo(3);
        assertThat(
                        inTransaction(
                                        () ->
                                                outbox.publishAll(
                                                        List.of(
                                                                forgotten(customer),
                                                                counted(other))))
                                .getFirst()
                                .sequence())
                .isEqualTo(4);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        assertThat(RelayScene.sequences(topics, customer)).containsExactly(1, 2, 3, 4);
        assertThat(RelayScene.sequences(topics, other)).containsExactly(1);
    }

    /** The row of customer_sequence holds it: the write waits there, and then sees the erasure. */
    @Test
    void a_write_that_is_under_way_while_the_customer_is_erased_is_refused() throws Exception {
        scene.publish(customer, 1);
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            Future<Outbox.Published> write =
                    inTransaction(
                            () -> {
                                outbox.publish(forgotten(customer));
                                Future<Outbox.Published> waiting =
                                        caller.submit(
                                                () ->
                                                        inTransaction(
                                                                () ->
                                                                        outbox.publish(
                                                                                counted(
                                                                                        customer))));
                                await().atMost(RelayScene.SOON).until(ErasureTest::oneWaits);
                                outbox.erase(List.of(customer));
                                return waiting;
                            });
            refused(
                    () -> {
                        try {
                            write.get();
                        } catch (ExecutionException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @Test
    void one_of_whom_nothing_was_published_is_erased_before_the_first_event_tells_of_it() {
        inTransaction(
                () -> {
                    outbox.erase(List.of(customer, customer));
                    return true;
                });

        refused(() -> inTransaction(() -> outbox.publish(counted(customer))));
        assertThat(inTransaction(() -> outbox.publish(forgotten(customer))).sequence()).isOne();
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        assertThat(RelayScene.sequences(topics, customer)).containsExactly(1);
    }

    @Test
    void parked_snapshots_go_with_those_of_nobody_and_numbered_events_stay() {
        snapshot(customer, 1, "{\"identities\": 7}").send();
        snapshot(other, 1, "{\"identities\": 7}").send();
        effects.added(events, customer, 1).data("no JSON").send();
        var nobodys =
                topics.produce(
                        topics.name(Topic.PROFILES), "nobody", Map.of("ce_id", "7"), "whose?");
        await().atMost(RelayScene.SOON)
                .until(
                        () ->
                                effects.parked(customer).size() == 2
                                        && effects.parked(other).size() == 1
                                        && parkedAt(nobodys) == 1);

        inTransaction(
                () -> {
                    parked.erase(List.of(customer));
                    return true;
                });

        assertThat(effects.parked(customer)).containsExactly("event-unreadable");
        assertThat(topicsOfParked(customer)).containsExactly(topics.name(Topic.INTERACTIONS));
        assertThat(effects.parked(other)).hasSize(1);
        assertThat(parkedAt(nobodys)).isZero();
    }

    /** Also when the topic is read again: the tombstone takes along what was parked before it. */
    @Test
    void a_tombstone_forgets_what_was_parked_of_its_customer_before() {
        snapshot(customer, 1, "{\"identities\": 7}").send();
        snapshot(other, 1, "{\"identities\": 7}").send();
        await().atMost(RelayScene.SOON)
                .until(
                        () ->
                                effects.parked(customer).size() == 1
                                        && effects.parked(other).size() == 1);

        events.sendTombstone(Topic.PROFILES, customer, 2);

        await().atMost(RelayScene.SOON).until(() -> effects.applied(customer, "profiles") == 2);
        assertThat(effects.parked(customer)).isEmpty();
        assertThat(effects.parked(other)).hasSize(1);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.GONE);
                            assertThat(refusal.code()).isEqualTo("customer-erased");
                        });
    }

    private TestEvent counted(UUID of) {
        return new TestEvent.Counted(of, clock.instant(), 1);
    }

    private TestEvent forgotten(UUID of) {
        return new TestEvent.Forgotten(of, clock.instant());
    }

    private Events.Draft snapshot(UUID of, long version, String json) {
        return events.draft(Topic.PROFILES, of, version, Events.snapshotType(Topic.PROFILES))
                .data(json);
    }

    private static boolean oneWaits() throws SQLException {
        return Databases.asApplication()
                        .number(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    /** What waits for the relay: versions of snapshots, and types of numbered events. */
    private List<String> waiting() {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        """
                                        SELECT coalesce(CAST(version AS text), type) FROM outbox
                                        WHERE customer_id = ? ORDER BY 1""",
                                        customer)
                                .mapTo(String.class)
                                .list());
    }

    private List<String> topicsOfParked(UUID of) {
        return jdbi.withHandle(
                h ->
                        h.select("SELECT topic FROM parked_event WHERE customer_id = ?", of)
                                .mapTo(String.class)
                                .list());
    }

    private long parkedAt(Topics.Message placed) {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        """
                                        SELECT count(*) FROM parked_event
                                        WHERE topic = ? AND partition = ? AND "offset" = ?""",
                                        topics.name(Topic.PROFILES),
                                        placed.partition(),
                                        placed.offset())
                                .mapTo(Long.class)
                                .one());
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
