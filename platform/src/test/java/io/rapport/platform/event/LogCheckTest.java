package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the relay finds in its topics before it sends: of another database, another log, or less
 * than was written.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LogCheckTest {

    @Inject RelayScene scene;
    @Inject Jdbi jdbi;
    @Inject Relay relay;
    @Inject RelayConfig config;
    @Inject Installation installation;
    @Inject LogCheck logCheck;

    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void giveTheLeaseBack() {
        scene.giveBack();
        await().atMost(RelayScene.SOON).until(() -> relay.state() == Relay.State.SENDING);
        topics.close();
    }

    @Test
    void
            a_database_older_than_its_log_sends_nothing_and_lists_what_it_lost_until_that_is_settled() {
        scene.publish(customer, 2);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        scene.replace(Ids.next());
        // Sent by the database before it was set back to the second event.
        List<UUID> lost = new ArrayList<>();
        try (Events events = Events.ofSuite()) {
            lost.add(events.send(Topic.CUSTOMERS, customer, 3, "customer.counted.v1", "{}"));
            lost.add(events.send(Topic.CUSTOMERS, customer, 4, "customer.counted.v1", "{}"));
            lost.add(events.send(Topic.PROFILES, customer, 4, "profiles-snapshot.v1", "{}"));
        }
        scene.publish(customer, 2);
        assertThatThrownBy(this::check)
                .isInstanceOf(LogMismatch.class)
                .hasMessageContaining("database-older-than-log")
                .hasMessageContaining(customer.toString());
        assertThat(lost()).isEqualTo(lost);

        scene.giveBack();
        await().atMost(RelayScene.SOON)
                .until(() -> relay.state() == Relay.State.DATABASE_OLDER_THAN_LOG);
        await().during(config.pause().multipliedBy(2))
                .atMost(RelayScene.SOON)
                .until(() -> relay.state() == Relay.State.DATABASE_OLDER_THAN_LOG);
        assertThat(scene.pending(customer)).isEqualTo(2);
        assertThat(RelayScene.sequences(topics, customer)).containsExactly(1, 2, 3, 4);
        assertThat(lost()).isEqualTo(lost);

        settle();
        await().atMost(RelayScene.SOON).until(() -> relay.state() == Relay.State.SENDING);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        assertThat(RelayScene.sequences(topics, customer)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void what_was_sent_and_still_waits_is_not_lost() {
        scene.publish(customer, 1);
        scene.snapshot(customer, 1);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        UUID thief = Ids.next();
        long epoch = scene.replace(thief);
        scene.publish(customer, 1);
        scene.snapshot(customer, 2);
        try (var killed =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(killed::sendOldest).hasMessageContaining("lease was lost");
        }
        assertThat(topics.readAll(Topic.PROFILES, customer)).hasSize(2);

        check();
        assertThat(lost()).isEmpty();
    }

    /**
     * The relay was killed between the broker's commit and the removal, and the erasure came then.
     */
    @Test
    void a_snapshot_that_was_sent_and_then_erased_is_not_lost() {
        scene.snapshot(customer, 1);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        long epoch = scene.replace(Ids.next());
        scene.snapshot(customer, 2);
        try (var killed =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(killed::sendOldest).hasMessageContaining("lease was lost");
        }
        scene.erase(customer, 3);

        check();
        assertThat(lost()).isEmpty();
        scene.giveBack();
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        assertThat(topics.readAll(Topic.PROFILES, customer))
                .filteredOn(message -> message.value() == null)
                .as("tombstones, which come after all snapshots")
                .allMatch(message -> message.header("ce_version").equals("3"))
                .hasSize(Suite.PARTITIONS);
    }

    /** As if this holder had been frozen between asking for offsets and reading from them. */
    @Test
    void what_another_holder_sent_and_removed_meanwhile_is_not_lost() {
        scene.snapshot(customer, 1);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        UUID thief = Ids.next();
        long epoch = scene.replace(thief);
        scene.snapshot(customer, 2);
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
        assertThat(scene.pending(customer)).isZero();
        assertThat(lost()).isEmpty();
    }

    @Test
    void a_log_that_was_made_anew_is_not_written_to() {
        scene.steal(Ids.next(), Duration.ofMinutes(1));
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
        scene.publish(customer, 1);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        scene.replace(Ids.next());
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
        scene.snapshot(customer, 1);
        await().atMost(RelayScene.SOON).until(() -> scene.pending(customer) == 0);
        scene.replace(Ids.next());
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
    void the_lease_is_kept_while_the_log_is_checked() {
        AtomicInteger renewed = new AtomicInteger();
        try (Events events = Events.ofSuite()) {
            events.draft(Topic.CUSTOMERS, customer, 1, "customer.counted.v1").key("else").send();
        }
        logCheck.requireMatch(renewed::incrementAndGet);
        assertThat(renewed.get()).isPositive();
    }

    private void check() {
        logCheck.requireMatch(() -> {});
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

    private void move(String topic, long by) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE relay_offset SET next_offset = next_offset + ? WHERE topic = ?",
                                by,
                                topic));
    }
}
