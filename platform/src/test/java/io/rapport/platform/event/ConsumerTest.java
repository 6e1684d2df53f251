package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A projection ("total", on the interaction log) and a reaction ("echo", on the loyalty log) over a
 * real broker.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Jdbi jdbi;
    @Inject Consumers consumers;
    @Inject ConsumerProgress progress;
    @Inject ConsumerConfiguration config;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();
    private final UUID bystander = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    @Test
    void events_are_applied_once_and_in_sequence_however_they_arrive() {
        var first = added(1);
        var second = added(2);
        var third = added(3);
        var fourth = added(4);
        first.send();
        first.send();
        third.send();
        fourth.send();
        third.send();
        awaitEarly(2);
        assertThat(seen()).isEqualTo("1");
        second.send();

        await().atMost(SOON).until(() -> seen().equals("1,2,3,4"));
        first.send();
        fourth.send();
        added(5).send();
        await().atMost(SOON).until(() -> seen().equals("1,2,3,4,5"));
        assertThat(total()).isEqualTo(50);
        awaitEarly(0);
    }

    @Test
    void unknown_types_and_unknown_fields_are_ignored_and_advance_the_sequence() {
        events.send(Topic.INTERACTIONS, customer, 1, "test.invented.v1", "{\"number\":5}");
        events.send(Topic.INTERACTIONS, customer, 2, "test.added.v2", "{\"amount\":{\"big\":1}}");
        events.send(
                Topic.INTERACTIONS, customer, 3, "test.added.v1", "{\"number\":5,\"more\":[1,2]}");
        await().atMost(SOON).until(() -> seen().equals("3"));
        assertThat(applied(customer)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no json", "{\"number\":\"many\"}", "{}", "[1]", "", "{\"number\":2000000}"})
    void an_event_that_cannot_be_applied_is_parked_with_what_follows_it_and_nobody_else_waits(
            String payload) {
        added(1).send();
        added(2).data(payload).send();
        added(3).send();
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");

        await().atMost(SOON).until(() -> parked(customer).size() == 2 && total(bystander) == 10);
        assertThat(parked(customer)).last().isEqualTo("behind-a-parked-event");
        assertThat(seen()).isEqualTo("1");
        assertThat(applied(customer)).isEqualTo(1);
    }

    /** More than the share of parked events at which a consumer stops. */
    @Test
    void what_is_parked_behind_one_event_of_a_busy_customer_does_not_stop_the_consumer() {
        int behind = (int) (config.parkedWindow() * config.maxParkedShare()) + 10;
        added(1).data("no json").send();
        for (int sequence = 2; sequence <= behind + 1; sequence++) {
            added(sequence).send();
        }
        await().atMost(SOON).until(() -> parked(customer).size() == behind + 1);
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");
        await().atMost(SOON).until(() -> total(bystander) == 10);
    }

    /** SQLSTATE 54000: the same row is too large tomorrow, too. */
    @Test
    void an_event_beyond_a_limit_of_the_database_is_parked_and_nobody_else_waits() {
        Random random = new Random(54);
        String note =
                random.ints(5_000, 'a', 'z' + 1)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        events.send(
                Topic.INTERACTIONS, customer, 1, "test.noted.v1", "{\"note\":\"" + note + "\"}");
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");

        await().atMost(SOON)
                .until(() -> parked(customer).equals(List.of("database-refused-54000")));
        await().atMost(SOON).until(() -> total(bystander) == 10);
    }

    @Test
    void what_the_service_of_the_topic_did_not_write_is_parked_by_itself_with_its_cause() {
        long before = parkedWithoutCustomer();
        added(1).header("ce_subject", "somebody").send();
        added(1).header("ce_customersequence", "-1").send();
        added(1).header("ce_source", "/rapport/loyalty-service").send();
        added(1).key(bystander.toString()).send();
        added(1).key(null).send();
        topics.produce(topics.name(Topic.INTERACTIONS), null, Map.of(), null);
        added(1).send();

        await().atMost(SOON).until(() -> seen().equals("1"));
        await().atMost(SOON).until(() -> parkedWithoutCustomer() == before + 6);
        assertThat(causes())
                .contains(
                        "missing-attribute", "invalid-attribute", "wrong-source", "wrongly-keyed");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                broken("missing-attribute", draft -> draft.without("ce_type")),
                broken("invalid-attribute", draft -> draft.header("ce_hops", "9")),
                broken(
                        "invalid-attribute",
                        draft -> draft.header("ce_time", "+1000000000-06-01T00:00:00Z")),
                broken(
                        "invalid-attribute",
                        draft -> draft.header("ce_correlationid", "x".repeat(257))),
                broken("event-without-payload", draft -> draft.data(null)),
                broken("event-too-large", draft -> draft.data("x".repeat(300_000))));
    }

    private static Arguments broken(String cause, UnaryOperator<Events.Draft> change) {
        return Arguments.of(cause, change);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void an_event_that_cannot_be_read_is_parked_with_what_follows_it(
            String cause, UnaryOperator<Events.Draft> change) {
        added(1).send();
        change.apply(added(2)).send();
        added(3).send();

        await().atMost(SOON)
                .until(() -> parked(customer).equals(List.of(cause, "behind-a-parked-event")));
        assertThat(seen()).isEqualTo("1");
    }

    @Test
    void an_event_that_cannot_be_read_and_came_early_is_parked_when_its_turn_comes() {
        added(3).without("ce_type").send();
        added(1).send();
        awaitEarly(1);
        added(2).send();

        await().atMost(SOON).until(() -> parked(customer).equals(List.of("missing-attribute")));
        assertThat(seen()).isEqualTo("1,2");
        added(4).send();
        await().atMost(SOON).until(() -> parked(customer).size() == 2);
        awaitEarly(0);
    }

    @Test
    void a_reaction_acts_once_for_an_event_and_names_it_as_the_cause() {
        var cause = events.draft(Topic.LOYALTY, customer, 1, "test.any.v1").header("ce_hops", "3");
        UUID causeId = cause.send();
        cause.send();
        events.send(Topic.LOYALTY, customer, 2, "test.any.v1", "{}");

        await().atMost(SOON).until(() -> topics.readAll(Topic.CUSTOMERS, customer).size() == 2);
        Topics.Message echo = topics.readAll(Topic.CUSTOMERS, customer).getFirst();
        assertThat(echo.headers())
                .containsEntry("ce_causationid", causeId.toString())
                .containsEntry("ce_correlationid", causeId.toString())
                .containsEntry("ce_hops", "4")
                .containsKey("traceparent");
        assertThat(applied(customer, "echo")).isEqualTo(2);
    }

    @Test
    void a_reaction_beyond_eight_hops_is_refused_and_parked() {
        events.draft(Topic.LOYALTY, customer, 1, "test.any.v1").header("ce_hops", "8").send();
        await().atMost(SOON).until(() -> parked(customer).equals(List.of("too-many-hops")));
        assertThat(topics.readAll(Topic.CUSTOMERS, customer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_correlationid", "traceparent"})
    void a_header_too_long_to_be_passed_on_is_no_event(String header) {
        events.draft(Topic.LOYALTY, customer, 1, "test.any.v1")
                .header(header, "x".repeat(257))
                .send();
        await().atMost(SOON).until(() -> parked(customer).equals(List.of("invalid-attribute")));
        assertThat(topics.readAll(Topic.CUSTOMERS, customer)).isEmpty();
    }

    /**
     * The compare-and-set on consumer_position holds it: whoever comes with an old position applies
     * nothing.
     */
    @Test
    void an_owner_whose_position_was_moved_meanwhile_reads_it_anew_and_goes_on() {
        var placed = topics.produce(topics.name(Topic.INTERACTIONS), null, Map.of(), "x");
        await().atMost(SOON).until(() -> position(placed.partition()) > placed.offset());
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                """
                                UPDATE consumer_position SET next_offset = 0
                                WHERE consumer = 'total' AND topic = ?""",
                                topics.name(Topic.INTERACTIONS)));
        added(1).send();
        // Everything from the beginning on is read again, and skipped by its sequence.
        await().atMost(SOON).until(() -> seen().equals("1"));
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                jdbi.<Long, RuntimeException>withHandle(
                                                        h ->
                                                                h.createQuery(
                                                                                "SELECT count(*) FROM test_total WHERE events > 50")
                                                                        .mapTo(Long.class)
                                                                        .one()))
                                        .isZero());
    }

    /**
     * A lock that is not given in time is a failure of the surroundings: tried again, never parked.
     */
    @Test
    void an_event_waits_for_the_database_as_long_as_it_takes() throws Exception {
        added(1).send();
        await().atMost(SOON).until(() -> seen().equals("1"));
        try (Connection blocker = Databases.asApplication().connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute(
                            "SELECT FROM test_total_by_generation WHERE customer_id = '"
                                    + customer
                                    + "' FOR UPDATE");
            added(2).send();
            // Longer than the service's lock time-out of three seconds.
            Thread.sleep(4_000);
            assertThat(seen()).isEqualTo("1");
        }
        await().atMost(SOON).until(() -> seen().equals("1,2"));
        assertThat(parked(customer)).isEmpty();
    }

    @Test
    void how_far_a_consumer_has_come_is_proven_up_to_a_time() {
        added(1).send();
        await().atMost(SOON).until(() -> seen().equals("1"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            ConsumerProgress.Applied total = of("total");
                            assertThat(total.sequence()).isEqualTo(1);
                            assertThat(total.upTo()).isNotNull().isAfter(Instant.EPOCH);
                        });
        Versions.Entry next = new Versions.Entry("interaction-service", customer, 2);
        Versions.Entry readByNobody = new Versions.Entry("feedback-service", customer, 9);
        Versions.Entry applied = new Versions.Entry("interaction-service", customer, 1);
        assertThat(progress.missing(List.of(applied, next, readByNobody))).containsExactly(next);
    }

    private ConsumerProgress.Applied of(String consumer) {
        return progress.of(customer).stream()
                .filter(a -> a.consumer().equals(consumer))
                .findFirst()
                .orElseThrow();
    }

    private Events.Draft added(long sequence) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, "test.added.v1")
                .data("{\"number\":10}");
    }

    private String seen() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT seen FROM test_total WHERE customer_id = :c")
                                .bind("c", customer)
                                .mapTo(String.class)
                                .findOne()
                                .orElse(""));
    }

    private long total() {
        return total(customer);
    }

    private long total(UUID of) {
        return number("SELECT coalesce(sum(total), 0) FROM test_total WHERE customer_id = :c", of);
    }

    private long applied(UUID of) {
        return applied(of, "total");
    }

    private long applied(UUID of, String consumer) {
        return number(
                "SELECT coalesce(max(applied), 0) FROM consumer_progress WHERE customer_id = :c AND consumer = '"
                        + consumer
                        + "'",
                of);
    }

    private void awaitEarly(long count) {
        await().atMost(SOON)
                .until(
                        () ->
                                number(
                                                "SELECT count(*) FROM early_event WHERE customer_id = :c",
                                                customer)
                                        == count);
    }

    private List<String> parked(UUID of) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT cause FROM parked_event WHERE customer_id = :c ORDER BY \"offset\"")
                                .bind("c", of)
                                .mapTo(String.class)
                                .list());
    }

    private long parkedWithoutCustomer() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM parked_event WHERE customer_id IS NULL")
                                .mapTo(Long.class)
                                .one());
    }

    private List<String> causes() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT DISTINCT cause FROM parked_event")
                                .mapTo(String.class)
                                .list());
    }

    private long position(int partition) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT next_offset FROM consumer_position WHERE consumer = 'total' AND partition = :p")
                                .bind("p", partition)
                                .mapTo(Long.class)
                                .findOne()
                                .orElse(0L));
    }

    private long number(String sql, UUID of) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).bind("c", of).mapTo(Long.class).one());
    }
}
