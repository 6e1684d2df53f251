package io.rapport.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an erasure goes from step to step, whatever a service holds. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasuresTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject Erasures erasures;
    @Inject Outbox outbox;
    @Inject Clock clock;

    private final Databases database = Databases.asOwner();
    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    @Test
    void what_one_step_takes_is_erased_and_confirmed_with_the_request() throws SQLException {
        hold(customer, 300, 30);
        UUID unknown = Ids.next();
        events.sendErasure(customer, 1);
        events.sendErasure(unknown, 1);

        awaitConfirmations(customer, 1);
        awaitConfirmations(unknown, 1);
        assertErased();
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM held_fact AS f JOIN customer_erasure AS e
                                ON e.customer_id = f.customer_id AND e.xmin = f.xmin WHERE f.customer_id = ?"""))
                .as("facts erased in the transaction that noted the request")
                .isEqualTo(300);
    }

    @Test
    void what_is_more_is_erased_in_transactions_of_their_own_and_confirmed_once()
            throws SQLException {
        hold(customer, 3_500, 1_500);
        UUID request = events.sendErasure(customer, 1);

        Message confirmed = awaitConfirmations(customer, 1).getFirst();

        assertErased();
        assertThat(transactions()).isEqualTo(4);
        assertThat(confirmed.header("ce_causationid")).isEqualTo(request.toString());
        assertThat(confirmed.header("ce_correlationid")).isEqualTo(request.toString());
        assertThat(confirmed.header("ce_hops")).isEqualTo("1");
        assertThat(confirmed.header("traceparent")).isNotBlank();
        assertThat(confirmed.value()).contains("\"erasure\":\"" + Events.ERASURE + "\"");
        assertThat(count("SELECT count(*) FROM timer WHERE subject = ?")).isZero();
        assertThat(confirmations(customer)).hasSize(1);
    }

    /** A lock on one row stops the third step; its session is then ended, as by a kill. */
    @Test
    void a_step_that_was_killed_is_done_again_and_none_before_it_and_nobody_else_waits()
            throws SQLException {
        hold(customer, 3_500, 0);
        UUID other = Ids.next();
        hold(other, 10, 10);
        List<Map<String, Object>> before;
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement()
                    .execute(
                            """
                            SELECT FROM held_fact WHERE id = (
                                SELECT id FROM held_fact WHERE customer_id = '%1$s' ORDER BY id OFFSET 2499 LIMIT 1)
                            AND customer_id = '%1$s' FOR UPDATE"""
                                    .formatted(customer));
            events.sendErasure(customer, 1);
            await().atMost(SOON).until(() -> named() == 1_500 && kill() == 1);

            before = erasedSoFar();
            assertThat(before).hasSize(2_000);
            assertThat(applied()).as("the consumer has done with the request").isOne();
            events.sendErasure(other, 1);
            awaitConfirmations(other, 1);
            assertThat(
                            count(
                                    "SELECT count(*) FROM customer_erasure WHERE customer_id = ? AND erased_at IS NULL"))
                    .isOne();
            assertThat(confirmations(customer)).isEmpty();
            assertThat(named()).isEqualTo(1_500);
            refusedToPublish();
        }

        awaitConfirmations(customer, 1);
        assertErased();
        assertThat(erasedSoFar()).hasSize(3_500).containsAll(before);
        assertThat(confirmations(customer)).hasSize(1);
    }

    /**
     * The row of customer_sequence holds it, which each step locks before it looks how far it is.
     */
    @Test
    void steps_that_are_fired_at_once_erase_each_row_once_and_confirm_once() throws SQLException {
        hold(customer, 9_500, 0);
        events.sendErasure(customer, 1);
        await().atMost(SOON).until(() -> named() < 9_500);

        AtOnce.run(
                4,
                caller -> {
                    for (int step = 0; step < 5; step++) {
                        QuarkusTransaction.requiringNew().run(() -> erasures.goOn(customer));
                    }
                    return caller;
                });

        awaitConfirmations(customer, 1);
        assertErased();
        assertThat(transactions()).isEqualTo(10);
        assertThat(count("SELECT max(cleared) FROM held_fact WHERE customer_id = ?")).isOne();
        await().atMost(SOON)
                .until(() -> count("SELECT count(*) FROM timer WHERE subject = ?") == 0);
        assertThat(confirmations(customer)).hasSize(1);
    }

    /** The primary key of customer_erasure holds it. */
    @Test
    void an_erasure_is_carried_out_once_and_another_of_the_same_customer_once_more()
            throws SQLException {
        hold(customer, 2_500, 0);
        String another = Ids.next().toString();
        events.sendErasure(customer, 1);
        events.sendErasure(customer, 2);
        events.send(
                Topic.CUSTOMERS,
                customer,
                3,
                Erasures.REQUESTED,
                "{\"erasure\": \"%s\"}".formatted(another));
        events.sendErasure(customer, 4);

        List<Message> confirmed = awaitConfirmations(customer, 2);
        await().atMost(SOON).until(() -> applied() == 4);

        assertErased();
        assertThat(confirmed).anySatisfy(one -> assertThat(one.value()).contains(Events.ERASURE));
        assertThat(confirmed).anySatisfy(one -> assertThat(one.value()).contains(another));
        await().atMost(SOON)
                .until(() -> count("SELECT count(*) FROM timer WHERE subject = ?") == 0);
        assertThat(confirmations(customer)).hasSize(2);
    }

    /** The row of customer_sequence holds it, which each write locks until it is committed. */
    @Test
    void a_write_that_is_under_way_is_waited_for_and_erased() throws SQLException {
        try (Connection writer = Databases.asApplication().connect()) {
            writer.setAutoCommit(false);
            writer.createStatement()
                    .execute("INSERT INTO customer_sequence VALUES ('%s', 1)".formatted(customer));
            writer.createStatement()
                    .execute(
                            "INSERT INTO held_fact VALUES ('%s', '%s', 'somebody')"
                                    .formatted(customer, Ids.next()));
            events.sendErasure(customer, 1);
            await().atMost(SOON).until(() -> waiting() > 0);
            writer.commit();
        }

        awaitConfirmations(customer, 1);
        assertErased();
        assertThat(count("SELECT count(*) FROM held_fact WHERE customer_id = ?")).isOne();
    }

    private void hold(UUID who, int facts, int notes) throws SQLException {
        database.execute(
                "INSERT INTO held_fact SELECT ?, gen_random_uuid(), 'somebody' FROM generate_series(1, ?)",
                who,
                facts);
        database.execute(
                "INSERT INTO held_note SELECT ?, gen_random_uuid() FROM generate_series(1, ?)",
                who,
                notes);
    }

    private void assertErased() throws SQLException {
        assertThat(named()).isZero();
        assertThat(count("SELECT count(*) FROM held_note WHERE customer_id = ?")).isZero();
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM customer_erasure
                                WHERE customer_id = ? AND (erased_at IS NULL OR reached_table IS NOT NULL)"""))
                .isZero();
    }

    private void refusedToPublish() {
        assertThatThrownBy(
                        () ->
                                QuarkusTransaction.requiringNew()
                                        .run(
                                                () ->
                                                        outbox.publish(
                                                                new Held.Counted(
                                                                        customer,
                                                                        clock.instant()))))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("customer-erased"));
    }

    private long applied() throws SQLException {
        return count(
                "SELECT applied FROM consumer_progress WHERE consumer = 'erasing' AND customer_id = ?");
    }

    private long named() throws SQLException {
        return count("SELECT count(*) FROM held_fact WHERE customer_id = ? AND name IS NOT NULL");
    }

    /** By how many transactions the customer's facts were written last. */
    private long transactions() throws SQLException {
        return count(
                "SELECT count(DISTINCT CAST(xmin AS text)) FROM held_fact WHERE customer_id = ?");
    }

    private List<Map<String, Object>> erasedSoFar() throws SQLException {
        return database.rows(
                "SELECT id, CAST(xmin AS text) FROM held_fact WHERE customer_id = ? AND name IS NULL",
                customer);
    }

    /** Ends the session of the service that waits for a row, if there is one. */
    private static long kill() throws SQLException {
        return Databases.asApplication()
                .number(
                        """
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'""");
    }

    private static long waiting() throws SQLException {
        return Databases.asApplication()
                .number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    private long count(String sql) throws SQLException {
        return database.number(sql, customer);
    }

    private List<Message> awaitConfirmations(UUID who, int count) {
        return await().atMost(SOON).until(() -> confirmations(who), told -> told.size() >= count);
    }

    private List<Message> confirmations(UUID who) {
        return topics.readAll(Topic.LOYALTY, who).stream()
                .filter(message -> message.header("ce_type").equals("loyalty.customer-erased.v1"))
                .toList();
    }
}
