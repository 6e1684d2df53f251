package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.time.Duration;
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

    @Inject RelayScene scene;
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
        scene.giveBack();
        await().atMost(RelayScene.SOON).until(() -> relay.state() == Relay.State.SENDING);
        topics.close();
    }

    @Test
    void whoever_takes_over_fences_the_one_before_and_all_events_arrive_in_order() {
        scene.publish(customer, 5);
        long epoch = scene.steal(Ids.next(), config.lease());
        scene.publish(customer, 5);
        // The running relay finds out by its lost epoch, stands by, and goes on when the thief's
        // lease has run out.
        scene.publish(customer, 5);

        await().atMost(RelayScene.SOON)
                .until(() -> RelayScene.sequences(topics, customer).distinct().count() == 15);
        assertThat(RelayScene.sequences(topics, customer).distinct().boxed())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 15).boxed().toList());
        assertThat(epoch()).isGreaterThan(epoch);
    }

    @Test
    void a_fenced_session_can_neither_send_nor_remove() {
        UUID thief = Ids.next();
        long epoch = scene.replace(thief);
        scene.publish(customer, 1);
        var lease = new RelayLease(jdbi, config);
        try (var frozen = new RelaySession(jdbi, installation, config, lease, epoch);
                var successor = new RelaySession(jdbi, installation, config, lease, epoch)) {
            assertThat(successor).isNotNull();
            assertThatThrownBy(frozen::sendOldest).isInstanceOf(KafkaException.class);
        }
        assertThat(scene.pending(customer)).isEqualTo(1);
    }

    @Test
    void rows_stay_when_the_lease_was_lost_while_they_were_sent() {
        UUID thief = Ids.next();
        long epoch = scene.replace(thief);
        scene.publish(customer, 2);
        RelayBatch batch = RelayBatch.oldest(jdbi, "/rapport/customer-service", config);
        var written = List.of(new RecordMetadata(new TopicPartition("some", 0), 41, 0, 0, 0, 0));

        assertThat(batch.remove(jdbi, thief, epoch - 1, config.lease(), written)).isFalse();
        assertThat(scene.pending(customer)).isEqualTo(2);
        assertThat(batch.remove(jdbi, thief, epoch, config.lease(), written)).isTrue();
        assertThat(scene.pending(customer)).isZero();
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
        long epoch = scene.replace(thief);
        scene.publish(customer, 1);
        RelayBatch batch = RelayBatch.oldest(jdbi, "/rapport/customer-service", config);
        jdbi.useHandle(h -> h.execute("INSERT INTO relay_offset VALUES ('anew', 0, 7)"));
        var below = List.of(new RecordMetadata(new TopicPartition("anew", 0), 6, 0, 0, 0, 0));

        assertThat(batch.remove(jdbi, thief, epoch, config.lease(), below)).isFalse();
        assertThat(scene.pending(customer)).isEqualTo(1);
    }

    @Test
    void a_batch_whose_outcome_was_unknown_is_sent_again_under_the_same_id() {
        UUID thief = Ids.next();
        long epoch = scene.replace(thief);
        scene.publish(customer, 1);
        // As if killed between the broker's commit and the removal: the removal finds another
        // epoch.
        try (var killed =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(killed::sendOldest).hasMessageContaining("lease was lost");
        }
        scene.giveBack();

        await().atMost(RelayScene.SOON)
                .until(() -> topics.readAll(Topic.CUSTOMERS, customer).size() == 2);
        assertThat(topics.readAll(Topic.CUSTOMERS, customer))
                .extracting(message -> message.header("ce_id"))
                .containsOnly(topics.readAll(Topic.CUSTOMERS, customer).getFirst().header("ce_id"));
    }

    @Test
    void an_error_does_not_end_the_relay() throws InterruptedException {
        scene.steal(Ids.next(), Duration.ofMinutes(1));
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
            await().atMost(RelayScene.SOON).until(() -> replica.state() == Relay.State.FAILING);
            await().atMost(RelayScene.SOON).until(() -> replica.state() == Relay.State.STANDBY);
        } finally {
            replica.stop(new ShutdownEvent());
        }
    }

    @Test
    void a_session_that_took_long_to_open_asks_first_whether_it_still_holds_the_lease() {
        long epoch = scene.replace(Ids.next());
        try (var late =
                new RelaySession(
                        jdbi, installation, config, new RelayLease(jdbi, config), epoch - 1)) {
            assertThatThrownBy(late::renew).hasMessageContaining("lease was lost");
        }
    }

    @Test
    void a_lease_that_ends_within_one_call_to_the_broker_is_refused_at_the_start() {
        Relay replica =
                replica(
                        new RelayLease(jdbi, config),
                        with(Map.of("lease", config.brokerTimeout())));
        assertThatThrownBy(() -> replica.start(new StartupEvent()))
                .hasMessageContaining("rapport.relay.broker-timeout");
    }

    @Test
    void what_is_written_within_the_pace_goes_in_one_transaction() throws InterruptedException {
        RelayConfig slow =
                with(Map.of("pace", Duration.ofSeconds(5), "lease", Duration.ofMinutes(1)));
        RelayLease lease = new RelayLease(jdbi, slow);
        long epoch = scene.replace(lease.holder());
        Relay paced = replica(lease, slow);
        paced.start(new StartupEvent());
        try {
            scene.publish(customer, 1);
            await().atMost(RelayScene.SOON).until(() -> sent() == 1);
            scene.publish(customer, 3);
            await().atMost(RelayScene.SOON).until(() -> sent() == 4);
            assertThat(epoch()).as("nobody else has sent them").isEqualTo(epoch);
        } finally {
            paced.stop(new ShutdownEvent());
        }
        List<Long> offsets =
                topics.readAll(Topic.CUSTOMERS, customer).stream()
                        .map(Topics.Message::offset)
                        .toList();
        // Each transaction ends with a marker, which takes an offset of its own.
        assertThat(offsets.get(1)).isGreaterThan(offsets.getFirst() + 1);
        assertThat(offsets.getLast()).isEqualTo(offsets.get(1) + 2);
    }

    private long sent() {
        return RelayScene.sequences(topics, customer).count();
    }

    private Relay replica(RelayLease lease, RelayConfig changed) {
        return new Relay(lease, changed, commitSignal, installation, logCheck, jdbi);
    }

    private RelayConfig with(Map<String, Object> others) {
        return Settings.with(RelayConfig.class, config, others);
    }

    private long epoch() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT epoch FROM relay_lease")
                                .mapTo(Long.class)
                                .one());
    }
}
