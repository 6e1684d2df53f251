package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay of the running service competes with a second holder that the test plays. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RelayTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject Jdbi jdbi;
    @Inject Relay relay;
    @Inject RelayConfig config;
    @Inject Installation installation;
    @Inject LogCheck logCheck;
    @Inject CommitSignal commitSignal;

    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void giveTheLeaseBack() {
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET until = '-infinity'"));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.SENDING);
        topics.close();
    }

    @Test
    void whoever_takes_over_fences_the_one_before_and_all_events_arrive_in_order() {
        publish(5);
        long epoch = steal(Ids.next(), config.lease());
        publish(5);
        // The running relay finds out by its lost epoch, stands by, and goes on when the thief's
        // lease has run out.
        publish(5);

        await().atMost(SOON).until(() -> sequences().distinct().count() == 15);
        assertThat(sequences().distinct().boxed())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 15).boxed().toList());
        assertThat(epoch()).isGreaterThan(epoch);
    }

    @Test
    void a_fenced_session_can_neither_send_nor_remove() {
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        publish(1);
        var lease = new RelayLease(jdbi, config);
        try (var frozen = new RelaySession(jdbi, installation, config, lease, epoch);
                var successor = new RelaySession(jdbi, installation, config, lease, epoch)) {
            assertThat(successor).isNotNull();
            assertThatThrownBy(frozen::sendOldest).isInstanceOf(KafkaException.class);
        }
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void rows_stay_when_the_lease_was_lost_while_they_were_sent() {
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        publish(2);
        RelayBatch batch = RelayBatch.oldest(jdbi, "/rapport/customer-service", config);
        var written = List.of(new RecordMetadata(new TopicPartition("some", 0), 41, 0, 0, 0, 0));

        assertThat(batch.remove(jdbi, thief, epoch - 1, config.lease(), written)).isFalse();
        assertThat(pending()).isEqualTo(2);
        assertThat(batch.remove(jdbi, thief, epoch, config.lease(), written)).isTrue();
        assertThat(pending()).isZero();
        assertThat(
                        jdbi.<Long, RuntimeException>withHandle(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT next_offset FROM relay_offset WHERE topic = 'some'")
                                                .mapTo(Long.class)
                                                .one()))
                .isEqualTo(42);
        // These two were taken out by hand: the log must not look as if it had a gap to those who
        // audit it.
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "DELETE FROM customer_sequence WHERE customer_id = ?", customer));
    }

    /** As if the topic had been made anew under a session that goes on sending. */
    @Test
    void rows_stay_when_the_broker_wrote_below_what_it_had_reached() {
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        publish(1);
        RelayBatch batch = RelayBatch.oldest(jdbi, "/rapport/customer-service", config);
        jdbi.useHandle(h -> h.execute("INSERT INTO relay_offset VALUES ('anew', 0, 7)"));
        var below = List.of(new RecordMetadata(new TopicPartition("anew", 0), 6, 0, 0, 0, 0));

        assertThat(batch.remove(jdbi, thief, epoch, config.lease(), below)).isFalse();
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void a_batch_whose_outcome_was_unknown_is_sent_again_under_the_same_id() {
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        publish(1);
        // As if killed between the broker's commit and the removal: the removal finds another
        // epoch.
        try (var killed =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(killed::sendOldest).hasMessageContaining("lease was lost");
        }
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET until = '-infinity'"));

        await().atMost(SOON).until(() -> topics.readAll(Topic.CUSTOMERS, customer).size() == 2);
        assertThat(topics.readAll(Topic.CUSTOMERS, customer))
                .extracting(message -> message.header("ce_id"))
                .containsOnly(topics.readAll(Topic.CUSTOMERS, customer).getFirst().header("ce_id"));
    }

    @Test
    void
            a_database_older_than_its_log_sends_nothing_and_lists_what_it_lost_until_that_is_settled() {
        publish(2);
        await().atMost(SOON).until(() -> pending() == 0);
        steal(Ids.next(), Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        // Sent by the database before it was set back to the second event.
        List<UUID> lost = new ArrayList<>();
        try (Events events = Events.ofSuite()) {
            lost.add(events.send(Topic.CUSTOMERS, customer, 3, "customer.counted.v1", "{}"));
            lost.add(events.send(Topic.CUSTOMERS, customer, 4, "customer.counted.v1", "{}"));
            lost.add(events.send(Topic.PROFILES, customer, 4, "profiles-snapshot.v1", "{}"));
        }
        publish(2);
        assertThatThrownBy(this::check)
                .isInstanceOf(LogMismatch.class)
                .hasMessageContaining("database-older-than-log")
                .hasMessageContaining(customer.toString());
        assertThat(lost()).isEqualTo(lost);

        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET until = '-infinity'"));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.DATABASE_OLDER_THAN_LOG);
        await().during(config.pause().multipliedBy(2))
                .atMost(SOON)
                .until(() -> relay.state() == Relay.State.DATABASE_OLDER_THAN_LOG);
        assertThat(pending()).isEqualTo(2);
        assertThat(sequences()).containsExactly(1, 2, 3, 4);
        assertThat(lost()).isEqualTo(lost);

        settle();
        await().atMost(SOON).until(() -> relay.state() == Relay.State.SENDING);
        await().atMost(SOON).until(() -> pending() == 0);
        assertThat(sequences()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void what_was_sent_and_still_waits_is_not_lost() {
        publish(1);
        snapshot(1);
        await().atMost(SOON).until(() -> pending() == 0);
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        publish(1);
        snapshot(2);
        try (var killed =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(killed::sendOldest).hasMessageContaining("lease was lost");
        }
        assertThat(topics.readAll(Topic.PROFILES, customer)).hasSize(2);

        check();
        assertThat(lost()).isEmpty();
    }

    /** As if this holder had been frozen between asking for offsets and reading from them. */
    @Test
    void what_another_holder_sent_and_removed_meanwhile_is_not_lost() {
        snapshot(1);
        await().atMost(SOON).until(() -> pending() == 0);
        UUID thief = Ids.next();
        long epoch = steal(thief, Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        snapshot(2);
        RelayBatch batch = RelayBatch.oldest(jdbi, "/rapport/customer-service", config);
        try (var other =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(other::sendOldest).hasMessageContaining("lease was lost");
        }
        Topics.Message sent = topics.readAll(Topic.PROFILES, customer).getLast();
        TopicPartition at = new TopicPartition(topics.name(Topic.PROFILES), sent.partition());
        AtomicInteger asked = new AtomicInteger();

        logCheck.requireMatch(
                () -> {
                    // Once for the check of topics and once for each topic; then it reads.
                    if (asked.incrementAndGet() == 4) {
                        var written = new RecordMetadata(at, sent.offset(), 0, 0, 0, 0);
                        batch.remove(jdbi, thief, epoch, config.lease(), List.of(written));
                    }
                });
        assertThat(asked.get()).isGreaterThanOrEqualTo(4);
        assertThat(pending()).isZero();
        assertThat(lost()).isEmpty();
    }

    @Test
    void a_log_that_was_made_anew_is_not_written_to() {
        steal(Ids.next(), Duration.ofMinutes(1));
        check();
        jdbi.useHandle(h -> h.execute("UPDATE relay_lease SET log_id = ?", UUID.randomUUID()));
        try {
            assertThatThrownBy(this::check)
                    .isInstanceOfSatisfying(
                            LogMismatch.class,
                            e ->
                                    assertThat(e.state())
                                            .isEqualTo(Relay.State.LOG_OLDER_THAN_DATABASE))
                    .hasMessageContaining("made anew");
        } finally {
            jdbi.useHandle(h -> h.execute("UPDATE relay_lease SET log_id = NULL"));
        }
        check();
    }

    @Test
    void a_log_that_is_shorter_than_what_was_written_is_not_written_to() {
        publish(1);
        await().atMost(SOON).until(() -> pending() == 0);
        steal(Ids.next(), Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        jdbi.useHandle(h -> h.execute("UPDATE relay_offset SET next_offset = next_offset + 1000"));
        try {
            assertThatThrownBy(this::check)
                    .isInstanceOf(LogMismatch.class)
                    .hasMessageContaining("was written up to");
        } finally {
            jdbi.useHandle(
                    h -> h.execute("UPDATE relay_offset SET next_offset = next_offset - 1000"));
        }
        check();
    }

    @Test
    void a_compacted_topic_that_is_shorter_than_what_was_written_is_not_written_to() {
        snapshot(1);
        await().atMost(SOON).until(() -> pending() == 0);
        steal(Ids.next(), Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        move(topics.name(Topic.PROFILES), 1000);
        try {
            assertThatThrownBy(this::check)
                    .isInstanceOf(LogMismatch.class)
                    .hasMessageContaining(topics.name(Topic.PROFILES));
        } finally {
            move(topics.name(Topic.PROFILES), -1000);
        }
        check();
    }

    private void move(String topic, long by) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE relay_offset SET next_offset = next_offset + ? WHERE topic = ?",
                                by,
                                topic));
    }

    @Test
    void what_others_wrote_into_the_log_proves_nothing() {
        try (Events events = Events.ofSuite()) {
            var foreign = events.draft(Topic.CUSTOMERS, customer, 3, "customer.counted.v1");
            foreign.key("somebody").send();
            foreign.key(customer.toString()).header("ce_source", "/elsewhere").send();
        }
        check();
    }

    @Test
    void an_error_does_not_end_the_relay() throws InterruptedException {
        steal(Ids.next(), Duration.ofMinutes(1));
        AtomicInteger asked = new AtomicInteger();
        RelayLease failing =
                new RelayLease(jdbi, config) {
                    @Override
                    OptionalLong acquire() {
                        if (asked.incrementAndGet() == 1) {
                            throw new NoClassDefFoundError("half a deployment");
                        }
                        return super.acquire();
                    }
                };
        Relay replica = replica(failing, config);
        replica.start(new StartupEvent());
        try {
            await().atMost(SOON).until(() -> replica.state() == Relay.State.FAILING);
            await().atMost(SOON).until(() -> replica.state() == Relay.State.STANDBY);
        } finally {
            replica.stop(new ShutdownEvent());
        }
    }

    @Test
    void a_session_that_took_long_to_open_asks_first_whether_it_still_holds_the_lease() {
        long epoch = steal(Ids.next(), Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
        try (var late =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(late::renew).hasMessageContaining("lease was lost");
        }
    }

    @Test
    void the_lease_is_kept_while_the_log_is_checked() {
        AtomicInteger renewed = new AtomicInteger();
        try (Events events = Events.ofSuite()) {
            events.draft(Topic.CUSTOMERS, customer, 1, "customer.counted.v1").key("else").send();
        }
        logCheck.requireMatch(renewed::incrementAndGet);
        assertThat(renewed.get()).isPositive();
    }

    @Test
    void a_lease_that_ends_within_one_call_to_the_broker_is_refused_at_the_start() {
        Relay replica =
                replica(new RelayLease(jdbi, config), with("lease", config.brokerTimeout()));
        assertThatThrownBy(() -> replica.start(new StartupEvent()))
                .hasMessageContaining("rapport.relay.broker-timeout");
    }

    @Test
    void what_is_written_within_the_pace_goes_in_one_transaction() throws InterruptedException {
        RelayLease lease = new RelayLease(jdbi, config);
        steal(lease.holder(), config.lease());
        Relay paced = replica(lease, with("pace", Duration.ofSeconds(5)));
        paced.start(new StartupEvent());
        try {
            publish(1);
            await().atMost(SOON).until(() -> sequences().count() == 1);
            publish(1);
            publish(1);
            publish(1);
            await().atMost(SOON).until(() -> sequences().count() == 4);
        } finally {
            paced.stop(new ShutdownEvent());
        }
        List<Long> offsets =
                topics.readAll(Topic.CUSTOMERS, customer).stream()
                        .map(Topics.Message::offset)
                        .toList();
        // Each transaction ends with a marker, which takes an offset of its own.
        assertThat(offsets.getLast()).isEqualTo(offsets.get(1) + 2);
        assertThat(offsets.get(1)).isGreaterThan(offsets.getFirst() + 1);
    }

    private Relay replica(RelayLease lease, RelayConfig changed) {
        return new Relay(lease, changed, commitSignal, installation, logCheck, jdbi);
    }

    private RelayConfig with(String name, Duration value) {
        return (RelayConfig)
                Proxy.newProxyInstance(
                        RelayConfig.class.getClassLoader(),
                        new Class<?>[] {RelayConfig.class},
                        (proxy, called, arguments) ->
                                called.getName().equals(name)
                                        ? value
                                        : called.invoke(config, arguments));
    }

    private List<UUID> lost() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT id FROM lost_event WHERE customer_id = :c ORDER BY number")
                                .bind("c", customer)
                                .mapTo(UUID.class)
                                .list());
    }

    /** As the command of an admin does it, whose tests are those of the services. */
    private void settle() {
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                jdbi.useHandle(
                                        h -> {
                                            h.execute(
                                                    "UPDATE outbox SET sequence = sequence + 2 WHERE customer_id = ?",
                                                    customer);
                                            h.execute(
                                                    "UPDATE customer_sequence SET last = last + 2 WHERE customer_id = ?",
                                                    customer);
                                            h.execute("UPDATE lost_event SET accepted_at = now()");
                                            h.execute(
                                                    """
                                                    UPDATE relay_offset AS r SET next_offset = l."offset" + 1
                                                    FROM lost_event AS l WHERE l.topic = r.topic
                                                      AND l.partition = r.partition AND l."offset" >= r.next_offset""");
                                        }));
    }

    private void check() {
        logCheck.requireMatch(() -> {});
    }

    private IntStream sequences() {
        return topics.readAll(Topic.CUSTOMERS, customer).stream()
                .mapToInt(message -> Integer.parseInt(message.header("ce_customersequence")));
    }

    private void snapshot(long version) {
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                outbox.snapshot(
                                        Topic.PROFILES,
                                        customer,
                                        version,
                                        Map.of("status", "ACTIVE")));
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.publish(new TestEvent.Counted(customer, clock.instant(), 1)));
        }
    }

    private long steal(UUID holder, Duration duration) {
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

    private long epoch() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT epoch FROM relay_lease")
                                .mapTo(Long.class)
                                .one());
    }

    private int pending() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM outbox WHERE customer_id = :customer")
                                .bind("customer", customer)
                                .mapTo(Integer.class)
                                .one());
    }
}
