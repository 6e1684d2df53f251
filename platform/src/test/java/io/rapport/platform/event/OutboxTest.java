package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OutboxTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject Jdbi jdbi;

    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void an_event_reaches_the_log_as_a_cloud_event_with_its_sequence() {
        Instant happened = Instant.parse("2020-02-29T12:00:00.123456Z");
        Outbox.Published published =
                inTransaction(() -> outbox.publish(new TestEvent.Counted(customer, happened, 7)));

        await().atMost(SOON).until(() -> topics.readAll(Topic.CUSTOMERS, customer).size() == 1);
        Topics.Message message = topics.readAll(Topic.CUSTOMERS, customer).getFirst();
        assertThat(message.value()).isEqualTo("{\"number\":7}");
        assertThat(message.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", published.id().toString())
                .containsEntry("ce_source", "/rapport/customer-service")
                .containsEntry("ce_type", "customer.counted.v1")
                .containsEntry("ce_subject", customer.toString())
                .containsEntry("ce_time", "2020-02-29T12:00:00.123456Z")
                .containsEntry("ce_customersequence", "1")
                .containsEntry("ce_correlationid", published.id().toString())
                .containsEntry("ce_hops", "0")
                .containsEntry("content-type", "application/json")
                .doesNotContainKey("ce_causationid");
    }

    @Test
    void what_is_rolled_back_is_never_published_and_leaves_no_gap() {
        inTransaction(() -> outbox.publish(counted(1)));
        assertThatThrownBy(
                        () ->
                                inTransaction(
                                        () -> {
                                            outbox.publish(counted(2));
                                            throw Refusal.conflict("test", "rolled back");
                                        }))
                .isInstanceOf(Refusal.class);
        Outbox.Published next = inTransaction(() -> outbox.publish(counted(3)));

        assertThat(next.sequence()).isEqualTo(2);
        await().atMost(SOON).until(() -> topics.readAll(Topic.CUSTOMERS, customer).size() == 2);
        assertThat(topics.readAll(Topic.CUSTOMERS, customer))
                .extracting(Topics.Message::value)
                .containsExactly("{\"number\":1}", "{\"number\":3}");
    }

    @Test
    void publishing_outside_a_transaction_is_an_error() {
        assertThatThrownBy(() -> outbox.publish(counted(1)))
                .isInstanceOf(TransactionalException.class);
    }

    /**
     * The row of customer_sequence is locked until the commit; batches lock customers in id order.
     */
    @Test
    void events_of_racing_writers_lie_in_the_log_in_sequence_without_a_gap() throws Exception {
        List<UUID> customers = List.of(Ids.next(), Ids.next(), Ids.next(), Ids.next());
        int writers = 12;
        int batches = 15;
        Random random = new Random(42);
        try (var executor = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers * batches; writer++) {
                List<UUID> shuffled = new ArrayList<>(customers);
                Collections.shuffle(shuffled, random);
                List<TestEvent> events =
                        shuffled.stream()
                                .<TestEvent>map(id -> new TestEvent.Counted(id, clock.instant(), 1))
                                .toList();
                done.add(executor.submit(() -> inTransaction(() -> outbox.publishAll(events))));
            }
            for (Future<?> future : done) {
                future.get();
            }
        }
        int expected = writers * batches;
        for (UUID id : customers) {
            await().atMost(SOON)
                    .until(() -> topics.readAll(Topic.CUSTOMERS, id).size() >= expected);
            assertThat(
                            topics.readAll(Topic.CUSTOMERS, id).stream()
                                    .map(m -> m.header("ce_customersequence")))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, expected).mapToObj(Long::toString).toList());
        }
    }

    @Test
    void a_batch_answers_in_the_order_given_and_numbers_each_customer_on_its_own() {
        UUID other = Ids.next();
        List<Outbox.Published> published =
                inTransaction(
                        () ->
                                outbox.publishAll(
                                        List.of(
                                                counted(1),
                                                new TestEvent.Counted(other, clock.instant(), 1),
                                                counted(2))));
        assertThat(published)
                .extracting(Outbox.Published::customer)
                .containsExactly(customer, other, customer);
        assertThat(published).extracting(Outbox.Published::sequence).containsExactly(1L, 1L, 2L);
        assertThat(inTransaction(() -> outbox.publishAll(List.<TestEvent>of()))).isEmpty();
    }

    @Test
    void snapshots_and_tombstones_carry_the_version_and_no_sequence() {
        int all = 1 + Suite.PARTITIONS;
        inTransaction(
                () -> {
                    outbox.snapshot(Topic.PROFILES, customer, 4, Map.of("status", "ACTIVE"));
                    outbox.tombstone(Topic.PROFILES, customer, 5);
                    return true;
                });
        await().atMost(SOON).until(() -> topics.readAll(Topic.PROFILES, customer).size() == all);
        List<Topics.Message> messages = topics.readAll(Topic.PROFILES, customer);
        assertThat(messages)
                .filteredOn(message -> message.value() != null)
                .singleElement()
                .satisfies(
                        message -> {
                            assertThat(message.value()).isEqualTo("{\"status\":\"ACTIVE\"}");
                            assertThat(message.header("ce_version")).isEqualTo("4");
                        });
        assertThat(messages)
                .filteredOn(message -> message.value() == null)
                .as("in every partition, for an older record may lie in any")
                .hasSize(Suite.PARTITIONS)
                .allMatch(message -> message.header("ce_version").equals("5"))
                .extracting(Topics.Message::partition)
                .doesNotHaveDuplicates();
        assertThat(messages).noneMatch(m -> m.headers().containsKey("ce_customersequence"));
    }

    @Test
    void a_chain_of_more_than_eight_reactions_is_refused() {
        Cause eighth = new Cause("c", null, Cause.MAX_HOPS, null);
        assertThatThrownBy(
                        () ->
                                eighth.reacting(
                                        Ids.next(),
                                        () -> inTransaction(() -> outbox.publish(counted(1)))))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("too-many-hops"));
    }

    @Test
    void the_database_refuses_an_event_that_is_neither_numbered_nor_versioned() {
        assertThatThrownBy(
                        () ->
                                jdbi.useHandle(
                                        h ->
                                                h.execute(
                                                        """
                                                        INSERT INTO outbox (id, topic, customer_id, type, time, correlation_id, hops)
                                                        VALUES (?, 't', ?, 't', now(), 'c', 0)""",
                                                        Ids.next(),
                                                        customer)))
                .hasMessageContaining("outbox_is_numbered_or_versioned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"correlation_id", "traceparent"})
    void the_database_refuses_an_event_that_would_not_fit_into_a_record(String column) {
        String correlation = column.equals("correlation_id") ? "x".repeat(1_025) : "c";
        String traceparent = column.equals("traceparent") ? "x".repeat(1_025) : "t";
        assertThatThrownBy(
                        () ->
                                jdbi.useHandle(
                                        h ->
                                                h.execute(
                                                        """
                                                        INSERT INTO outbox (id, topic, customer_id, type, time, version,
                                                                            correlation_id, hops, traceparent)
                                                        VALUES (?, 't', ?, 't', now(), 1, ?, 0, ?)""",
                                                        Ids.next(),
                                                        customer,
                                                        correlation,
                                                        traceparent)))
                .hasMessageContaining("outbox_" + column + "_is_bounded");
    }

    private TestEvent counted(int number) {
        return new TestEvent.Counted(customer, clock.instant(), number);
    }

    private static <T> T inTransaction(java.util.concurrent.Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
