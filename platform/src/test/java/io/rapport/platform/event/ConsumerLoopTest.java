package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loops with consumers of the test's own, on the feedback log, which nobody else here reads. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumerLoopTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Jdbi jdbi;
    @Inject Installation installation;
    @Inject ConsumerConfiguration config;
    @Inject EventInbox inbox;
    @Inject GapCloser gapCloser;
    @Inject ConsumerPositions positions;
    @Inject ProgressTable progressTable;
    @Inject EarlyEvents earlyEvents;
    @Inject Parking parking;
    @Inject TopicIds topicIds;
    @Inject TopicCheck topicCheck;
    @Inject Clock clock;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();
    private final String name = "probe-" + customer;
    private @Nullable ConsumerLoop loop;
    private @Nullable Thread thread;

    @AfterEach
    void close() throws InterruptedException {
        stop();
        events.close();
        topics.close();
    }

    private void stop() throws InterruptedException {
        if (loop != null && thread != null) {
            loop.stop();
            thread.join();
        }
    }

    @Test
    void a_topic_made_anew_stops_the_consumer_for_good() {
        for (int partition = 0; partition < Suite.PARTITIONS; partition++) {
            begin(partition, UUID.randomUUID());
        }
        ConsumerLoop started = start(received -> {}, positions, topicCheck);

        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.STOPPED);
    }

    @Test
    void while_the_database_is_away_the_consumer_stays_in_its_group() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger begun = new AtomicInteger();
        List<UUID> received = new CopyOnWriteArrayList<>();
        ConsumerLoop started =
                start(event -> received.add(event.customer()), awayWhile(away), counting(begun));
        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.FAILING);
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        away.set(false);
        await().atMost(SOON).until(() -> received.contains(customer));

        away.set(true);
        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.FAILING);
        away.set(false);
        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.RUNNING);
        assertThat(begun).hasValue(1);
    }

    @Test
    void records_that_take_too_long_together_are_applied_in_smaller_numbers() {
        for (int sequence = 1; sequence <= 8; sequence++) {
            events.send(Topic.FEEDBACK, customer, sequence, "test.any.v1", "{}");
        }
        ConsumerConfiguration hurried = with("transactionTimeout", Duration.ofMillis(350));
        var delivery = new EventDelivery(hurried, installation, progressTable, parking);
        start(
                new Slow(name, Duration.ofMillis(100)),
                config,
                new EventInbox(hurried, positions, progressTable, earlyEvents, parking, delivery),
                positions,
                topicCheck);

        await().atMost(SOON).until(() -> applied() == 8);
    }

    private record Slow(String name, Duration each) implements Reaction {

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.FEEDBACK);
        }

        @Override
        public void react(ReceivedEvent event) {
            try {
                Thread.sleep(each);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ConsumerConfiguration with(String name, Object value) {
        return Settings.with(ConsumerConfiguration.class, config, Map.of(name, value));
    }

    private long applied() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT coalesce(max(applied), 0) FROM consumer_progress WHERE consumer = :name AND customer_id = :customer")
                                .bind("name", name)
                                .bind("customer", customer)
                                .mapTo(Long.class)
                                .one());
    }

    @Test
    void an_error_does_not_end_the_consumer() {
        AtomicBoolean first = new AtomicBoolean(true);
        List<UUID> received = new CopyOnWriteArrayList<>();
        start(
                event -> received.add(event.customer()),
                positions,
                new TopicCheck(installation, topicIds, 1) {
                    @Override
                    Map<String, UUID> require(Collection<Topic> topics) {
                        if (first.getAndSet(false)) {
                            throw new NoClassDefFoundError("half a deployment");
                        }
                        return super.require(topics);
                    }
                });
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        await().atMost(SOON).until(() -> received.contains(customer));
    }

    @Test
    void a_consumer_that_stops_with_records_in_hand_does_not_claim_to_have_caught_up()
            throws InterruptedException {
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        ConsumerLoop started =
                start(
                        received -> {
                            throw new ConnectionException(new SQLException("away", "08006"));
                        },
                        positions,
                        topicCheck);
        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.FAILING);
        stop();

        assertThat(
                        jdbi.<List<Boolean>, RuntimeException>withHandle(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT isfinite(caught_up) FROM consumer_position WHERE consumer = :name")
                                                .bind("name", name)
                                                .mapTo(Boolean.class)
                                                .list()))
                .hasSize(Suite.PARTITIONS)
                .containsOnly(false);
    }

    @Test
    void a_consumer_that_stops_lets_its_transaction_end() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        start(
                received -> {
                    begun.countDown();
                    LockSupport.parkNanos(Duration.ofMillis(4_500).toNanos());
                    ended.set(true);
                },
                positions,
                topicCheck);
        begun.await();
        stop();

        assertThat(ended).isTrue();
    }

    @Test
    void what_arrives_within_the_pace_is_applied_together() {
        AtomicInteger batches = new AtomicInteger();
        var delivery = new EventDelivery(config, installation, progressTable, parking);
        EventInbox counted =
                new EventInbox(config, positions, progressTable, earlyEvents, parking, delivery) {
                    @Override
                    void apply(EventConsumer consumer, List<Slice> slices, ParkedShare share) {
                        batches.incrementAndGet();
                        super.apply(consumer, slices, share);
                    }
                };
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        start(
                new Probe(name, received -> {}),
                with("pace", Duration.ofSeconds(2)),
                counted,
                positions,
                topicCheck);
        await().atMost(SOON).until(() -> applied() == 1);
        int before = batches.get();

        for (int sequence = 2; sequence <= 21; sequence++) {
            events.send(Topic.FEEDBACK, customer, sequence, "test.any.v1", "{}");
        }

        await().atMost(SOON).until(() -> applied() == 21);
        // The broker may answer with the first alone, and with the others only when asked again.
        assertThat(batches.get() - before).isBetween(1, 2);
    }

    @Test
    void tools_are_told_how_far_the_consumer_has_come() {
        events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        start(received -> {}, positions, topicCheck);
        await().atMost(SOON).until(() -> applied() == 1);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told()).isNotEmpty().isEqualTo(reached()));
    }

    private Map<Integer, Long> told() {
        try (Admin admin = topicIds.admin()) {
            Map<Integer, Long> told = new HashMap<>();
            TopicIds.answer(
                            admin.listConsumerGroupOffsets(installation.named(name))
                                    .partitionsToOffsetAndMetadata())
                    .forEach((at, offset) -> told.put(at.partition(), offset.offset()));
            return told;
        }
    }

    private Map<Integer, Long> reached() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT partition, next_offset FROM consumer_position WHERE consumer = :name")
                                .bind("name", name)
                                .setMapKeyColumn("partition")
                                .setMapValueColumn("next_offset")
                                .collectInto(new GenericType<Map<Integer, Long>>() {}));
    }

    private ConsumerPositions awayWhile(AtomicBoolean away) {
        return new ConsumerPositions(jdbi) {
            @Override
            Optional<Position> find(String consumer, TopicPartition partition) {
                answer();
                return super.find(consumer, partition);
            }

            @Override
            void caughtUp(String consumer, Map<TopicPartition, Long> reached, Instant time) {
                answer();
                super.caughtUp(consumer, reached, time);
            }

            private void answer() {
                if (away.get()) {
                    throw new ConnectionException(new SQLException("away", "08006"));
                }
            }
        };
    }

    /** A loop checks its topics each time that it joins its group. */
    private TopicCheck counting(AtomicInteger begun) {
        return new TopicCheck(installation, topicIds, 1) {
            @Override
            Map<String, UUID> require(Collection<Topic> topics) {
                begun.incrementAndGet();
                return super.require(topics);
            }
        };
    }

    private void begin(int partition, UUID topicId) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "INSERT INTO consumer_position VALUES (?, ?, ?, ?, 0)",
                                name,
                                topics.name(Topic.FEEDBACK),
                                partition,
                                topicId));
    }

    private ConsumerLoop start(
            Consumer<ReceivedEvent> react, ConsumerPositions positions, TopicCheck topicCheck) {
        return start(new Probe(name, react), config, inbox, positions, topicCheck);
    }

    private ConsumerLoop start(
            EventConsumer consumer,
            ConsumerConfiguration config,
            EventInbox inbox,
            ConsumerPositions positions,
            TopicCheck topicCheck) {
        ConsumerLoop started =
                new ConsumerLoop(
                        consumer,
                        installation,
                        config,
                        inbox,
                        gapCloser,
                        positions,
                        topicCheck,
                        clock);
        loop = started;
        thread = Thread.ofPlatform().daemon().start(started::run);
        return started;
    }
}
