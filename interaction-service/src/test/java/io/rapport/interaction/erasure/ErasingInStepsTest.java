package io.rapport.interaction.erasure;

import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Buffers;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a customer is erased of whom more is held than one step takes. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasingInStepsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROWS = 12_000;
    private static final int AT_ONCE = 1_000;

    private final Databases database = Databases.asOwner();
    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final String mark = "MARK-" + newId();
    private final UUID customer = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    /**
     * A lock on one row holds up the third step; the consumer has done with the request by then.
     */
    @Test
    void each_step_is_a_transaction_and_the_service_goes_on_meanwhile() throws SQLException {
        register(new Customer(customer, mark));
        hold();
        UUID other = newCustomer().id();
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement()
                    .execute(
                            """
                            SELECT FROM interaction WHERE customer_id = '%1$s' AND id = (
                                SELECT id FROM interaction WHERE customer_id = '%1$s' ORDER BY id OFFSET 2499 LIMIT 1)
                            FOR UPDATE"""
                                    .formatted(customer));
            events.sendErasure(customer, 2);
            await().atMost(SOON).until(() -> referenced() == ROWS - 2 * AT_ONCE);

            await().atMost(SOON).until(() -> list(customer.toString()).statusCode() == 410);
            events.sendErasure(other, 2);
            await().atMost(SOON).until(() -> confirmations(other) == 1);
            assertThat(confirmations(customer)).isZero();
            assertThat(referenced()).isEqualTo(ROWS - 2 * AT_ONCE);
        }

        await().atMost(SOON).until(() -> confirmations(customer) == 1);
        assertThat(Holdings.of(mark)).isEmpty();
        assertThat(count("SELECT count(*) FROM interaction WHERE customer_id = ?")).isEqualTo(ROWS);
        assertThat(
                        count(
                                "SELECT count(DISTINCT CAST(xmin AS text)) FROM interaction WHERE customer_id = ?"))
                .isEqualTo(ROWS / AT_ONCE);
    }

    /** Each begins where the one before it stopped, and not at what that one has left dead. */
    @Test
    void the_last_step_touches_no_more_than_twice_what_the_first_does() throws SQLException {
        hold();
        List<String> after = stops();
        assertThat(after).hasSize(ROWS / AT_ONCE);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SET enable_seqscan = off");
            Map<String, String> statements = new LinkedHashMap<>(Erasing.ROWS.erased());
            // It has a row for each generation, and so one step.
            assertThat(statements.remove("customer_language_by_generation")).isNotNull();
            for (String statement : statements.values()) {
                List<Long> touched = new ArrayList<>();
                for (String key : after) {
                    touched.add(
                            Buffers.touchedBy(
                                    connection,
                                    statement
                                            .replace(":customer", "'%s'".formatted(customer))
                                            .replace(":after", "'%s'".formatted(key))
                                            .replace(":rows", "" + AT_ONCE)));
                }
                assertThat(touched.getFirst()).isGreaterThan(AT_ONCE);
                assertThat(touched.getLast()).isLessThan(2 * touched.getFirst());
            }
            connection.rollback();
        }
    }

    /** The keys after which the steps go on. */
    private List<String> stops() throws SQLException {
        List<String> stops = new ArrayList<>();
        stops.add(new UUID(0, 0).toString());
        database.rows(
                        """
                        SELECT CAST(id AS text) FROM (
                            SELECT id, row_number() OVER (ORDER BY id) AS number FROM interaction WHERE customer_id = ?) AS held
                        WHERE number % ? = 0 AND number < ? ORDER BY id""",
                        customer, AT_ONCE, ROWS)
                .forEach(row -> stops.add(String.valueOf(row.get("id"))));
        return stops;
    }

    private void hold() throws SQLException {
        database.execute(
                """
                WITH line AS (SELECT number, gen_random_uuid() AS id FROM generate_series(1, ?) AS number),
                happened AS (
                    INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign,
                                             channel, direction, source, source_id)
                    SELECT ?, id, now(), now(), 'CALL', 0, 'PHONE', 'INBOUND', 'shop', ? || number FROM line
                    RETURNING customer_id, id, source, source_id),
                claim AS (
                    INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                    SELECT source, source_id, customer_id, id, id, id FROM happened),
                version AS (
                    INSERT INTO interaction_version (customer_id, interaction_id, version, replaced_at)
                    SELECT customer_id, id, 1, now() FROM happened),
                said AS (
                    INSERT INTO interaction_version_text (customer_id, interaction_id, version, reason, actor)
                    SELECT customer_id, id, 1, ?, 'agent-1' FROM happened),
                promised AS (
                    INSERT INTO promise (customer_id, id, interaction_id, kind, team, rule, made_at, due_at)
                    SELECT customer_id, id, id, 'ANSWER', 'support', 'answers', now(), now() + interval '1 day' FROM happened
                    RETURNING customer_id, id),
                promised_words AS (
                    INSERT INTO promise_text (customer_id, promise_id, text) SELECT customer_id, id, ? FROM promised),
                withdrawn AS (
                    INSERT INTO promise_outcome (customer_id, promise_id, outcome, due_at, occurred_at, recorded_at)
                    SELECT customer_id, id, 'WITHDRAWN', now() + interval '1 day', now(), now() FROM promised),
                reasons AS (
                    INSERT INTO promise_reason (customer_id, promise_id, reason) SELECT customer_id, id, ? FROM promised),
                operation AS (
                    INSERT INTO thread_operation (customer_id, id, thread_id, kind, other_id, status_before,
                                                  status_since_before, version_after, at, actor)
                    SELECT customer_id, id, id, 'MERGED', gen_random_uuid(), 'OPEN', now(), 2, now(), 'agent-1' FROM happened),
                known AS (
                    INSERT INTO fact (customer_id, id, interaction_id, key, told_at, recorded_at)
                    SELECT customer_id, id, id, 'size', now(), now() FROM happened RETURNING customer_id, id),
                known_version AS (
                    INSERT INTO fact_version (customer_id, fact_id, version, learnt, declined, valid_until, recorded_at, teller)
                    SELECT customer_id, id, 1, 'STATED', false, now(), now(), 'STAFF' FROM known),
                known_words AS (
                    INSERT INTO fact_version_text (customer_id, fact_id, version, value, actor)
                    SELECT customer_id, id, 1, ?, 'agent-1' FROM known)
                INSERT INTO interaction_text (customer_id, interaction_id, text)
                SELECT customer_id, id, ? FROM happened""",
                ROWS,
                customer,
                mark,
                mark,
                mark,
                mark,
                mark,
                mark);
    }

    private long referenced() throws SQLException {
        return count(
                "SELECT count(*) FROM interaction WHERE customer_id = ? AND source_id IS NOT NULL");
    }

    private long count(String sql) throws SQLException {
        return database.number(sql, customer);
    }

    private long confirmations(UUID who) {
        return topics.readAll(Topic.INTERACTIONS, who).stream()
                .filter(
                        message ->
                                message.header("ce_type").equals("interaction.customer-erased.v1"))
                .count();
    }
}
