package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Strays;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What consumers have parked over a real broker, applied and given up: the projection "total" on
 * the interaction log, whose sum is bounded, and one of the profile topic.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ParkedEventsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BEHIND = "behind-a-parked-event";

    @Inject ParkedEvents parked;
    @Inject Jdbi jdbi;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

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
    void once_the_obstacle_is_gone_all_take_effect_in_sequence_and_nothing_is_held_back() {
        obstructed(3);
        removeObstacle();

        assertThat(applyAll()).isEqualTo(3);
        assertThat(seen()).isEqualTo("1,2,3,4");
        added(5).send();
        await().atMost(SOON).until(() -> seen().equals("1,2,3,4,5"));
    }

    @Test
    void what_is_refused_again_stays_parked_with_its_new_cause() {
        UUID first = obstructed(2).getFirst();
        jdbi.useHandle(h -> h.execute("UPDATE parked_event SET cause = 'old' WHERE id = ?", first));

        assertThat(parked.apply(first)).isEmpty();
        assertThat(causes()).containsExactly("database-refused-23514", BEHIND);
        assertThat(seen()).isEqualTo("1");
    }

    @Test
    void one_that_waits_behind_another_waits_aside_when_it_is_applied_before_it() {
        List<UUID> waiting = obstructed(2);
        removeObstacle();

        assertThat(refused(() -> parked.giveUp(waiting.getLast(), false)).code())
                .isEqualTo("behind-another");
        assertThat(waiting()).isEqualTo(waiting);
        assertThat(parked.apply(waiting.getLast())).hasValue(0);
        assertThat(seen()).isEqualTo("1");
        assertThat(parked.apply(waiting.getFirst())).hasValue(1);
        await().atMost(SOON).until(() -> seen().equals("1,2,3"));
    }

    @Test
    void what_is_given_up_counts_as_applied() {
        UUID first = obstructed(2).getFirst();
        removeObstacle();

        parked.giveUp(first, false);
        assertThat(applyAll()).isEqualTo(1);
        assertThat(seen()).isEqualTo("1,3");
        added(4).send();
        await().atMost(SOON).until(() -> seen().equals("1,3,4"));
    }

    @Test
    void what_a_stranger_wrote_leaves_its_number_to_the_true_event() {
        added(1).send();
        added(2).data("no JSON").send();
        added(2).send();
        added(3).send();
        UUID forged = awaitParked(3).getFirst();

        parked.giveUp(forged, true);
        assertThat(applyAll()).isEqualTo(2);
        assertThat(seen()).isEqualTo("1,2,3");
    }

    @Test
    void what_was_given_up_is_not_parked_any_more() {
        UUID first = obstructed(1).getFirst();
        parked.giveUp(first, false);

        assertThat(parked.record(first)).isEmpty();
        assertThat(parked.apply(first)).isEmpty();
        Refusal refusal = refused(() -> parked.giveUp(first, false));
        assertThat(refusal.code()).isEqualTo("unknown-parked-event");
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    /**
     * SQLSTATE 55P03 after the service's lock time-out: it passes, and says nothing of the event.
     */
    @Test
    void a_failure_of_the_surroundings_leaves_it_parked_as_it_was() throws SQLException {
        List<UUID> before = obstructed(2);
        List<String> causes = causes();
        try (Connection blocker = Databases.asApplication().connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute(
                            "SELECT FROM test_total WHERE customer_id = '"
                                    + customer
                                    + "' FOR UPDATE");
            assertThatThrownBy(() -> parked.apply(before.getFirst()))
                    .isInstanceOf(JdbiException.class)
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("55P03"));
        }
        assertThat(waiting()).isEqualTo(before);
        assertThat(causes()).isEqualTo(causes);
        removeObstacle();
        assertThat(applyAll()).isEqualTo(2);
    }

    /** The lock of the parked row, which whoever is first deletes, holds it. */
    @Test
    void of_two_who_apply_it_at_once_one_does_and_the_other_finds_it_gone() {
        UUID first = obstructed(1).getFirst();
        removeObstacle();

        List<OptionalInt> answers = AtOnce.run(2, caller -> parked.apply(first));

        assertThat(answers).containsExactlyInAnyOrder(OptionalInt.of(1), OptionalInt.empty());
        assertThat(seen()).isEqualTo("1,2");
    }

    /**
     * The lock of the consumer_progress row holds it: what the consumer reads meanwhile is either
     * parked behind before the last one was released, or applied after it.
     */
    @Test
    void applying_while_the_consumer_reads_what_follows_loses_and_repeats_nothing() {
        obstructed(1);
        removeObstacle();
        int last = 120;

        AtOnce.run(
                2,
                caller -> {
                    if (caller == 0) {
                        for (int sequence = 3; sequence <= last; sequence++) {
                            added(sequence).send();
                        }
                    } else {
                        await().atMost(SOON).until(() -> waiting().size() > 5);
                        applyAll();
                    }
                    return caller;
                });

        String all =
                LongStream.rangeClosed(1, last)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(","));
        await().atMost(SOON).until(() -> seen().equals(all));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void one_whose_predecessor_has_not_come_waits_aside_for_it() {
        added(1).data("no json").send();
        added(3).send();
        added(2).send();
        UUID first = awaitParked(3).getFirst();

        parked.giveUp(first, false);
        assertThat(applyAll()).isEqualTo(1);
        await().atMost(SOON).until(() -> seen().equals("2,3"));
    }

    /**
     * Without it the customer would be held back for good: nothing is parked, and one is counted.
     */
    @Test
    void an_event_that_is_read_again_while_it_is_parked_is_counted_once() {
        UUID poison = obstructed(1).getFirst();
        int moved =
                jdbi.withHandle(
                        h ->
                                h.execute(
                                        """
                                        UPDATE consumer_position AS p SET next_offset = e."offset"
                                        FROM parked_event AS e
                                        WHERE e.id = ? AND p.consumer = e.consumer AND p.topic = e.topic
                                          AND p.partition = e.partition""",
                                        poison));
        assertThat(moved).isEqualTo(1);
        added(3).send();
        awaitParked(2);
        removeObstacle();

        parked.giveUp(poison, false);
        assertThat(applyAll()).isEqualTo(1);
        added(4).send();
        await().atMost(SOON).until(() -> seen().equals("1,3,4"));
    }

    @Test
    void a_snapshot_holds_nothing_back_and_an_older_one_is_dropped() {
        snapshot(1, "{}").send();
        snapshot(2, "{\"identities\": 7}").send();
        UUID poison = awaitParked(1).getFirst();
        snapshot(4, "{\"identities\": 7}").send();
        UUID newer = awaitParked(2).getLast();

        assertThat(parked.apply(newer)).isEmpty();
        parked.giveUp(newer, false);
        snapshot(3, "{}").send();
        await().atMost(SOON).until(() -> applied("profiles") == 3);
        assertThat(parked.apply(poison)).hasValue(0);
        assertThat(waiting()).isEmpty();
        assertThat(applied("profiles")).isEqualTo(3);
    }

    @Test
    void an_event_of_nobody_is_refused_again_or_given_up() {
        var placed =
                topics.produce(topics.name(Topic.INTERACTIONS), null, Map.of("ce_id", "7"), "x");
        await().atMost(SOON).until(() -> at(placed).size() == 1);
        UUID id = at(placed).getFirst();

        assertThat(parked.apply(id)).isEmpty();
        assertThat(parked.record(id).orElseThrow().value()).asString().isEqualTo("x");
        parked.giveUp(id, false);
        assertThat(at(placed)).isEmpty();
    }

    @Test
    void one_that_is_too_large_is_kept_whole_for_the_day_on_which_it_no_longer_is() {
        String large = "{\"number\":10,\"more\":\"" + "x".repeat(300_000) + "\"}";
        added(1).data(large).send();
        added(2).send();
        UUID first = awaitParked(2).getFirst();

        assertThat(parked.apply(first)).isEmpty();
        assertThat(causes()).containsExactly("event-too-large", BEHIND);
        assertThat(parked.record(first).orElseThrow().value()).asString().isEqualTo(large);
        parked.giveUp(first, false);
        assertThat(applyAll()).isEqualTo(1);
    }

    @Test
    void one_of_a_consumer_that_this_version_does_not_have_stays_parked() {
        UUID id = obstructed(1).getFirst();
        jdbi.useHandle(
                h -> h.execute("UPDATE parked_event SET consumer = 'gone' WHERE id = ?", id));

        assertThat(parked.apply(id)).isEmpty();
        assertThat(causes()).containsExactly("unknown-consumer");
    }

    private static Refusal refused(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    /** Applies one after the other until none is left, and answers how many took effect. */
    private int applyAll() {
        int applied = 0;
        for (List<UUID> left = waiting(); !left.isEmpty(); left = waiting()) {
            applied += parked.apply(left.getFirst()).orElseThrow();
        }
        return applied;
    }

    /** Event 1 is applied; event 2 makes the sum too large, and the others wait behind it. */
    private List<UUID> obstructed(int events) {
        added(1).send();
        await().atMost(SOON).until(() -> seen().equals("1"));
        setTotal(999_995);
        for (int sequence = 2; sequence <= events + 1; sequence++) {
            added(sequence).send();
        }
        return awaitParked(events);
    }

    private void removeObstacle() {
        setTotal(0);
    }

    private void setTotal(long total) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE test_total SET total = ? WHERE customer_id = ?",
                                total,
                                customer));
    }

    private List<UUID> awaitParked(int count) {
        await().atMost(SOON).until(() -> waiting().size() == count);
        return waiting();
    }

    private List<UUID> waiting() {
        return parkedOfCustomer("id", UUID.class);
    }

    private List<String> causes() {
        return parkedOfCustomer("cause", String.class);
    }

    private <T> List<T> parkedOfCustomer(String column, Class<T> type) {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        "SELECT "
                                                + column
                                                + " FROM parked_event WHERE customer_id = ?"
                                                + " ORDER BY consumer, topic, partition, \"offset\"",
                                        customer)
                                .mapTo(type)
                                .list());
    }

    private List<UUID> at(Topics.Message placed) {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        """
                                        SELECT id FROM parked_event WHERE consumer = 'total'
                                        AND topic = ? AND partition = ? AND "offset" = ?""",
                                        topics.name(Topic.INTERACTIONS),
                                        placed.partition(),
                                        placed.offset())
                                .mapTo(UUID.class)
                                .list());
    }

    private Events.Draft added(long sequence) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, "test.added.v1")
                .data("{\"number\":10}");
    }

    private Events.Draft snapshot(long version, String json) {
        return events.draft(Topic.PROFILES, customer, version, Events.snapshotType(Topic.PROFILES))
                .data(json);
    }

    private String seen() {
        return jdbi.withHandle(
                h ->
                        h.select("SELECT seen FROM test_total WHERE customer_id = ?", customer)
                                .mapTo(String.class)
                                .findOne()
                                .orElse(""));
    }

    private long applied(String consumer) {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        "SELECT max(applied) FROM consumer_progress WHERE customer_id = ? AND consumer = ?",
                                        customer,
                                        consumer)
                                .mapTo(Long.class)
                                .one());
    }
}
