package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A projection ("total", on the interaction log) and a reaction ("echo", on the loyalty log) over a
 * real broker.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Effects effects;
    @Inject Jdbi jdbi;
    @Inject ConsumerProgress progress;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    @Test
    void events_are_applied_once_and_in_sequence_however_they_arrive() {
        var first = effects.added(events, customer, 1);
        var second = effects.added(events, customer, 2);
        var third = effects.added(events, customer, 3);
        var fourth = effects.added(events, customer, 4);
        first.send();
        first.send();
        third.send();
        fourth.send();
        third.send();
        await().atMost(SOON).until(() -> effects.early(customer) == 2);
        assertThat(effects.seen(customer)).isEqualTo("1");
        second.send();

        await().atMost(SOON).until(() -> effects.seen(customer).equals("1,2,3,4"));
        first.send();
        fourth.send();
        effects.added(events, customer, 5).send();
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1,2,3,4,5"));
        assertThat(effects.total(customer)).isEqualTo(50);
        await().atMost(SOON).until(() -> effects.early(customer) == 0);
    }

    @Test
    void unknown_types_and_unknown_fields_are_ignored_and_advance_the_sequence() {
        events.send(Topic.INTERACTIONS, customer, 1, "test.invented.v1", "{\"number\":5}");
        events.send(Topic.INTERACTIONS, customer, 2, "test.added.v2", "{\"amount\":{\"big\":1}}");
        events.send(
                Topic.INTERACTIONS, customer, 3, "test.added.v1", "{\"number\":5,\"more\":[1,2]}");
        await().atMost(SOON).until(() -> effects.seen(customer).equals("3"));
        assertThat(effects.applied(customer, "total")).isEqualTo(3);
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
        assertThat(effects.applied(customer, "echo")).isEqualTo(2);
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
        effects.added(events, customer, 1).send();
        // Everything from the beginning on is read again, and skipped by its sequence.
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1"));
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
        effects.added(events, customer, 1).send();
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1"));
        try (Connection blocker = Databases.asApplication().connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute(
                            "SELECT FROM test_total_by_generation WHERE customer_id = '"
                                    + customer
                                    + "' FOR UPDATE");
            effects.added(events, customer, 2).send();
            // Longer than the service's lock time-out of three seconds.
            Thread.sleep(4_000);
            assertThat(effects.seen(customer)).isEqualTo("1");
        }
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1,2"));
        assertThat(effects.parked(customer)).isEmpty();
    }

    @Test
    void how_far_a_consumer_has_come_is_proven_up_to_a_time() {
        effects.added(events, customer, 1).send();
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1"));
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(caughtUp())
                                        .hasSize(Suite.PARTITIONS)
                                        .allMatch(time -> time.isAfter(Instant.EPOCH)));
        Versions.Entry readByNobody = new Versions.Entry("feedback-service", customer, 9);
        assertThat(progress.missing(List.of(recorded(customer, 1), readByNobody))).isEmpty();
    }

    @Test
    void what_is_missing_is_told_of_each_customer_by_itself() {
        UUID further = Ids.next();
        UUID unknown = Ids.next();
        effects.added(events, customer, 1).send();
        effects.added(events, further, 1).send();
        effects.added(events, further, 2).send();
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1"));
        await().atMost(SOON).until(() -> effects.seen(further).equals("1,2"));

        assertThat(
                        progress.missing(
                                List.of(
                                        recorded(customer, 1),
                                        recorded(customer, 2),
                                        recorded(further, 1),
                                        recorded(further, 2),
                                        recorded(further, 3),
                                        recorded(unknown, 1))))
                .containsExactlyInAnyOrder(
                        recorded(customer, 2), recorded(further, 3), recorded(unknown, 1));
    }

    private static Versions.Entry recorded(UUID customer, long sequence) {
        return new Versions.Entry("interaction-service", customer, sequence);
    }

    private List<Instant> caughtUp() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT caught_up FROM consumer_position
                                        WHERE consumer = 'total' AND topic LIKE '%interactions.v1' AND isfinite(caught_up)""")
                                .mapTo(Instant.class)
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
}
