package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Runbook;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.TopicAdmin;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topics under fault, and the way out as {@code docs/operations/topics.md} tells it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(OwnTopics.class)
class TopicRunbookTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DOCUMENT = "docs/operations/topics.md";

    @Inject Installation installation;
    @Inject StartedLoops loops;
    @Inject Relay relay;
    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject Jdbi jdbi;
    @Inject ConsumerConfiguration config;
    @Inject ConsumerPositions positions;
    @Inject ProgressTable progressTable;
    @Inject Parking parking;
    @Inject EventDelivery delivery;

    private final TopicAdmin admin = TopicAdmin.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();
    private final String name = "seen-" + customer;

    @AfterEach
    void close() throws InterruptedException {
        loops.stop();
        topics.close();
        admin.close();
    }

    /** Remembers in which order a customer's events took effect. */
    private record Seen(String name, Topic topic, Jdbi jdbi) implements Reaction {

        @Override
        public Set<Topic> topics() {
            return Set.of(topic);
        }

        @Override
        public void react(ReceivedEvent event) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(
                                            """
                                            INSERT INTO test_seen AS s VALUES (:customer, :sequence)
                                            ON CONFLICT (customer_id) DO UPDATE
                                            SET sequences = s.sequences || ',' || :sequence""")
                                    .bind("customer", event.customer())
                                    .bind("sequence", Long.toString(event.sequence()))
                                    .execute());
        }
    }

    @Test
    void partitions_added_under_load_lose_nothing_and_repeat_nothing() {
        int before = Math.max(12, admin.partitions(Topic.CUSTOMERS));
        growTo(before);
        List<UUID> customers = movingFrom(before, before + 4).limit(8).toList();
        loops.start(new Seen(name, Topic.CUSTOMERS, jdbi));
        AtomicBoolean enough = new AtomicBoolean();
        try (var writers = Executors.newFixedThreadPool(4)) {
            try {
                for (int writer = 0; writer < 4; writer++) {
                    writers.execute(() -> publishUntil(enough, customers));
                }
                await().atMost(SOON)
                        .until(() -> customers.stream().noneMatch(c -> seen(c).isEmpty()));
                growTo(before + 4);
                await().atMost(SOON).until(() -> inPartitionsFrom(before).containsAll(customers));
            } finally {
                enough.set(true);
            }
        }

        for (UUID moved : customers) {
            String all = oneTo(last(moved));
            await().atMost(SOON).until(() -> seen(moved).equals(all));
            assertThat(sequences(moved)).isEqualTo(all);
            assertThat(early(moved)).isZero();
        }
    }

    @Test
    void partitions_added_to_a_drained_log_let_no_event_come_early() throws SQLException {
        int before = admin.partitions(Topic.CUSTOMERS);
        List<UUID> customers = movingFrom(before, before + 1).limit(4).toList();
        AtomicInteger early = new AtomicInteger();
        loops.start(new Seen(name, Topic.CUSTOMERS, jdbi), counting(early, customers));
        customers.forEach(this::publish);
        await().atMost(SOON)
                .until(() -> customers.stream().allMatch(c -> seen(c).equals(oneTo(1))));

        holdTheRelayBack();
        customers.forEach(this::publish);
        admin.addPartitions(Topic.CUSTOMERS, before + 1);
        await().atMost(SOON).until(() -> readPartitions() == before + 1);
        customers.forEach(this::publish);
        letTheRelayGoOn();

        await().atMost(SOON)
                .until(() -> customers.stream().allMatch(c -> seen(c).equals(oneTo(3))));
        assertThat(customers).allMatch(moved -> partitions(moved).size() == 2);
        assertThat(early).hasValue(0);
    }

    @Test
    void a_log_made_anew_stops_both_ends_and_the_documented_way_goes_on_with_what_there_is()
            throws Exception {
        ConsumerLoop before = loops.start(new Seen(name, Topic.CUSTOMERS, jdbi));
        publish(customer);
        publish(customer);
        await().atMost(SOON).until(() -> seen(customer).equals("1,2"));

        int partitions = admin.partitions(Topic.CUSTOMERS);
        admin.delete(Topic.CUSTOMERS);
        publish(customer);
        admin.create(Topic.CUSTOMERS, partitions);
        publish(customer);
        await().atMost(SOON).until(() -> relay.state() == Relay.State.LOG_OLDER_THAN_DATABASE);
        await().atMost(SOON).until(() -> before.state() == ConsumerLoop.State.STOPPED);
        loops.stop();
        assertThat(pending()).isEqualTo(2);

        List<String> wayOut = Runbook.sql(DOCUMENT, "A topic that lost records");
        assertThat(wayOut).hasSize(5);
        for (String statement : wayOut) {
            run(statement, Topic.CUSTOMERS);
        }
        await().atMost(SOON).until(() -> pending() == 0);
        assertThat(relay.state()).isEqualTo(Relay.State.SENDING);
        ConsumerLoop after = loops.start(new Seen(name, Topic.CUSTOMERS, jdbi));
        await().atMost(SOON).until(() -> seen(customer).equals("1,2,3,4"));
        assertThat(after.state()).isEqualTo(ConsumerLoop.State.RUNNING);
    }

    /**
     * No offset tells: what was read of the old topic is nothing, and nothing is in the new one.
     */
    @Test
    void a_topic_made_anew_stops_a_running_consumer_that_had_read_nothing_of_it() {
        admin.delete(Topic.FEEDBACK);
        admin.create(Topic.FEEDBACK, 1);
        ConsumerLoop loop = loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        await().atMost(SOON).until(() -> position() == 0);

        admin.delete(Topic.FEEDBACK);
        admin.create(Topic.FEEDBACK, 1);
        await().atMost(SOON).until(() -> loop.state() == ConsumerLoop.State.STOPPED);
    }

    @Test
    void a_position_behind_the_end_stops_the_consumer_and_the_documented_way_repeats_nothing()
            throws Exception {
        ConsumerLoop first = loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        send(1, 2);
        await().atMost(SOON).until(() -> seen(customer).equals("1,2"));
        assertThat(first.state()).isEqualTo(ConsumerLoop.State.RUNNING);
        loops.stop();
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE consumer_position SET next_offset = next_offset + 1000 WHERE consumer = ?",
                                name));
        ConsumerLoop stopped = loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        await().atMost(SOON).until(() -> stopped.state() == ConsumerLoop.State.STOPPED);
        loops.stop();

        run(Runbook.sql(DOCUMENT, "A topic that lost records").getLast(), Topic.FEEDBACK);
        loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        send(3);
        await().atMost(SOON).until(() -> seen(customer).equals("1,2,3"));
    }

    @Test
    void a_position_before_the_beginning_stops_the_consumer_and_lost_numbers_can_be_passed_over()
            throws Exception {
        loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        send(1);
        await().atMost(SOON).until(() -> seen(customer).equals("1"));
        loops.stop();
        send(2, 3);
        admin.truncate(Topic.FEEDBACK);
        send(4, 5);
        ConsumerLoop stopped = loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        await().atMost(SOON).until(() -> stopped.state() == ConsumerLoop.State.STOPPED);
        loops.stop();

        run(Runbook.sql(DOCUMENT, "A topic that lost records").getLast(), Topic.FEEDBACK);
        loops.start(new Seen(name, Topic.FEEDBACK, jdbi));
        await().atMost(SOON).until(() -> early(customer) == 2);
        assertThat(seen(customer)).isEqualTo("1");

        run(Runbook.sql(DOCUMENT, "An event that is lost for good").getFirst(), Topic.FEEDBACK);
        await().atMost(SOON).until(() -> seen(customer).equals("1,4,5"));
        send(6);
        await().atMost(SOON).until(() -> seen(customer).equals("1,4,5,6"));
        assertThat(early(customer)).isZero();
    }

    private void run(String statement, Topic topic) throws SQLException {
        Databases.asOwner().execute(about(statement, topic));
    }

    private String about(String statement, Topic topic) {
        String example = "'rapport.customers.v1'";
        return statement.replace(example, "'" + installation.topic(topic) + "'");
    }

    /** How many partitions the documented query says that the consumer has found. */
    private long readPartitions() throws SQLException {
        String query =
                about(Runbook.sql(DOCUMENT, "Adding partitions").getFirst(), Topic.CUSTOMERS);
        return Databases.asOwner().rows(query).stream()
                .filter(row -> name.equals(row.get("consumer")))
                .mapToLong(row -> row.get("count") instanceof Long count ? count : 0)
                .sum();
    }

    /** Adds partitions while the relay sends; the one that takes over sees them at once. */
    private void growTo(int partitions) {
        if (admin.partitions(Topic.CUSTOMERS) < partitions) {
            admin.addPartitions(Topic.CUSTOMERS, partitions);
        }
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET epoch = epoch + 1"));
    }

    private void holdTheRelayBack() {
        jdbi.useHandle(
                h ->
                        h.execute(
                                """
                                UPDATE relay_lease SET holder = ?, epoch = epoch + 1,
                                    until = clock_timestamp() + interval '10 minutes'""",
                                Ids.next()));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.STANDBY);
    }

    private void letTheRelayGoOn() {
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET until = '-infinity'"));
    }

    private EventInbox counting(AtomicInteger kept, List<UUID> customers) {
        EarlyEvents counted =
                new EarlyEvents(jdbi) {
                    @Override
                    boolean keep(
                            String consumer,
                            RecordReader.Place place,
                            ConsumerRecord<byte[], byte[]> record) {
                        if (customers.contains(place.customer())) {
                            kept.incrementAndGet();
                        }
                        return super.keep(consumer, place, record);
                    }
                };
        return new EventInbox(config, positions, progressTable, counted, parking, delivery);
    }

    private void publishUntil(AtomicBoolean enough, List<UUID> customers) {
        while (!enough.get()) {
            publish(customers.get(ThreadLocalRandom.current().nextInt(customers.size())));
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    private void publish(UUID about) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.publish(new TestEvent.Counted(about, clock.instant(), 1)));
    }

    private void send(long... sequences) {
        try (Events events = Events.ofSuite()) {
            for (long sequence : sequences) {
                events.send(Topic.FEEDBACK, customer, sequence, "test.any.v1", "{}");
            }
        }
    }

    /** Customers whose key leads to one of the new partitions once they are there. */
    private static Stream<UUID> movingFrom(int before, int after) {
        return Stream.generate(Ids::next).filter(id -> partition(id, after) >= before);
    }

    private static int partition(UUID customer, int partitions) {
        byte[] key = customer.toString().getBytes(StandardCharsets.US_ASCII);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private static String oneTo(long last) {
        return LongStream.rangeClosed(1, last)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    private Set<UUID> inPartitionsFrom(int first) {
        return topics.readAll(Topic.CUSTOMERS).stream()
                .filter(message -> message.partition() >= first)
                .map(message -> UUID.fromString(message.header("ce_subject")))
                .collect(Collectors.toSet());
    }

    private Set<Integer> partitions(UUID of) {
        return topics.readAll(Topic.CUSTOMERS, of).stream()
                .map(Topics.Message::partition)
                .collect(Collectors.toSet());
    }

    /** What an independent reader finds, repetitions dropped. */
    private String sequences(UUID of) {
        return topics.readAll(Topic.CUSTOMERS, of).stream()
                .map(message -> Long.valueOf(message.header("ce_customersequence")))
                .sorted()
                .distinct()
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    private String seen(UUID of) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT sequences FROM test_seen WHERE customer_id = :c")
                                .bind("c", of)
                                .mapTo(String.class)
                                .findOne()
                                .orElse(""));
    }

    private long last(UUID of) {
        return number("SELECT last FROM customer_sequence WHERE customer_id = :c", of);
    }

    private long early(UUID of) {
        return number("SELECT count(*) FROM early_event WHERE customer_id = :c", of);
    }

    private long pending() {
        return number("SELECT count(*) FROM outbox WHERE customer_id = :c", customer);
    }

    private long number(String sql, UUID of) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).bind("c", of).mapTo(Long.class).one());
    }

    /** Where the consumer goes on in the only partition; -1 before it has begun. */
    private long position() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT coalesce(max(next_offset), -1) FROM consumer_position WHERE consumer = :name")
                                .bind("name", name)
                                .mapTo(Long.class)
                                .one());
    }
}
