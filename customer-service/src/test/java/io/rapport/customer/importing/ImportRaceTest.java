package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.importing.ImportsApi.cancel;
import static io.rapport.customer.importing.ImportsApi.ended;
import static io.rapport.customer.importing.ImportsApi.made;
import static io.rapport.customer.importing.ImportsApi.make;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.Stalled;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What meets an import at work, and which lock holds each of these races. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportRaceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROWS = 2_600;

    @Inject ImportConfig config;
    @Inject ImportWork work;

    private final Databases database = Databases.asOwner();

    /** The row of the import, which whoever works on it holds. */
    @Test
    void nobody_works_on_an_import_on_which_another_works() throws Exception {
        UUID id = uploaded("held");
        try (Connection other = database.connect()) {
            start(id).then().statusCode(200);
            other.setAutoCommit(false);
            long position = hold(other, id);
            await().atMost(LIMIT).until(() -> waitingFor(other) > 0);

            assertThat(position(id)).isEqualTo(position);

            other.rollback();
        }
        assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
    }

    /** Position, customers and events are one transaction: what a kill takes back is done again. */
    @Test
    void an_import_whose_worker_is_killed_is_taken_up_where_it_was() throws Exception {
        UUID id = uploaded("killed");
        start(id).then().statusCode(200);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> kill() > 0);

        assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM customer_identity WHERE source = 'killed'"))
                .isEqualTo(ROWS);
        assertThat(
                        database.number(
                                """
                                SELECT count(*) FROM customer_identity i
                                JOIN customer_sequence s ON s.customer_id = i.customer_id AND s.last = 1
                                WHERE i.source = 'killed'
                                """))
                .isEqualTo(ROWS);
    }

    /**
     * The row of the import: who cancels it waits for the step, and the next one finds it ended.
     */
    @Test
    void an_import_that_is_cancelled_while_it_runs_takes_no_more_rows_in() throws Exception {
        UUID id = uploaded("stopped");
        CompletableFuture<Response> cancelled;
        try (Stalled step =
                Stalled.where(
                        "customer_import",
                        "NEW.id = '%s' AND NEW.rows_read > %d"
                                .formatted(id, 1 + config.rowsPerTransaction()))) {
            start(id).then().statusCode(200);
            step.awaitStill();
            ImportsApi.get(id)
                    .then()
                    .body("state", equalTo("RUNNING"))
                    .body("rows.created", greaterThan(0));
            cancelled = CompletableFuture.supplyAsync(() -> cancel(id));
            step.awaitAnother();
            step.release();
            cancelled.get().then().statusCode(200).body("state", equalTo("CANCELLED"));
        }

        await().atMost(LIMIT).until(() -> parts(id) == 0);
        int created = rows(ImportsApi.get(id)).getFirst();
        assertThat(created).isBetween(1, ROWS - 1);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM customer_identity WHERE source = 'stopped'"))
                .isEqualTo(created);
        getBy(agent(), "stopped", "r0").then().statusCode(200);
        getBy(agent(), "stopped", "r" + (ROWS - 1)).then().statusCode(404);
        ImportsApi.get(id)
                .then()
                .body("state", equalTo("CANCELLED"))
                .body("endedAt", notNullValue());
    }

    /** The transaction of each step: two workers on one import take each row in once. */
    @Test
    void two_replicas_take_each_row_in_once() throws Exception {
        UUID id = uploaded("twice");
        start(id).then().statusCode(200);

        AtOnce.run(
                2,
                n -> {
                    while (work.advance(id, 100)) {
                        // The other one takes every second step, or so.
                    }
                    return n;
                });

        assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
    }

    /** The customer's row, and the primary key of customer_identity. */
    @Test
    void rows_and_single_writes_of_the_same_customers_do_not_lose_each_other() throws Exception {
        UUID id = uploaded("both");

        AtOnce.run(
                4,
                n -> {
                    if (n == 0) {
                        start(id).then().statusCode(200);
                    }
                    for (int row = n; n > 0 && row < ROWS; row += 97) {
                        put("both", "r" + row, "{\"familyName\": \"Writer\"}")
                                .then()
                                .statusCode(anyOf(equalTo(200), equalTo(201)));
                    }
                    return n;
                });

        Response told = ended(id);
        List<Integer> rows = rows(told);
        assertThat(rows.get(0) + rows.get(1) + rows.get(2)).isEqualTo(ROWS);
        assertThat(rows.get(3)).isZero();
        assertThat(
                        database.number(
                                """
                                SELECT count(*) FROM customer_identity i JOIN customer c ON c.id = i.customer_id
                                WHERE i.source = 'both'
                                AND c.version <> (SELECT last FROM customer_sequence s WHERE s.customer_id = c.id)
                                """))
                .isZero();
    }

    /** The advisory lock of the number of imports. */
    @Test
    void no_more_imports_are_made_at_once_than_may_be() {
        List<Response> answers =
                AtOnce.run(config.unfinished() + 6, n -> make(plain("CSV", "UPSERT")));

        List<Response> made =
                answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        made.forEach(answer -> cancel(ImportsApi.id(answer)));
        assertThat(made.size()).isBetween(1, config.unfinished());
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .isNotEmpty()
                .allSatisfy(
                        answer ->
                                assertThat(answer.<String>path("code"))
                                        .isEqualTo("too-many-imports"));
    }

    /** Neither rows nor events of a step that the database refuses; all but the row that it is. */
    @Test
    void a_row_that_the_database_refuses_holds_back_no_other() throws Exception {
        String no = "refused";
        database.execute(
                "ALTER TABLE customer ADD CONSTRAINT test_refuses CHECK (given_name <> 'Row 777') NOT VALID");
        try {
            UUID id = uploaded(no);
            start(id);
            assertThat(rows(ended(id))).containsExactly(ROWS - 1, 0, 0, 1);
            getBy(agent(), no, "r777").then().statusCode(404);
            getBy(agent(), no, "r778").then().statusCode(200);
        } finally {
            database.execute("ALTER TABLE customer DROP CONSTRAINT test_refuses");
        }
    }

    /** The customer's row: what stands before it in the file does not wait for it. */
    @Test
    void a_row_whose_customer_is_held_for_long_keeps_what_is_before_it_from_waiting()
            throws Exception {
        put("waits", "r5", "{}").then().statusCode(201);
        UUID customer = UUID.fromString(getBy(agent(), "waits", "r5").path("id"));
        UUID id = uploaded("waits");
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement("SELECT id FROM customer WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, customer);
                lock.executeQuery();
            }
            start(id).then().statusCode(200);
            await().atMost(LIMIT).until(() -> position(id) > 0);

            getBy(agent(), "waits", "r0").then().statusCode(200);
            getBy(agent(), "waits", "r6").then().statusCode(404);
            other.rollback();
        }

        assertThat(rows(ended(id))).containsExactly(ROWS - 1, 1, 0, 0);
    }

    private static UUID uploaded(String source) {
        StringBuilder file = new StringBuilder("identity:" + source + ",givenName,email\n");
        for (int row = 0; row < ROWS; row++) {
            file.append("r%d,Row %d,row%d@example.org\n".formatted(row, row, row));
        }
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.putAll(id, file.toString().getBytes(StandardCharsets.UTF_8));
        return id;
    }

    private static long hold(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement(
                        "SELECT position FROM customer_import WHERE id = ? FOR UPDATE")) {
            lock.setObject(1, id);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long position(UUID id) throws SQLException {
        return database.number("SELECT position FROM customer_import WHERE id = ?", id);
    }

    private long parts(UUID id) throws SQLException {
        return database.number("SELECT count(*) FROM customer_import_part WHERE import_id = ?", id);
    }

    private long waitingFor(Connection holder) throws SQLException {
        try (PreparedStatement mine = holder.prepareStatement("SELECT pg_backend_pid()");
                ResultSet row = mine.executeQuery()) {
            row.next();
            return database.number(
                    "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))",
                    row.getInt(1));
        }
    }

    /** Ends the session that writes customers of an import at this moment, if there is one. */
    private int kill() throws SQLException {
        return (int)
                Databases.asApplication()
                        .number(
                                """
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE pid IN (SELECT l.pid FROM pg_locks l
                                      WHERE l.relation = 'customer_import'::regclass AND l.mode = 'RowShareLock')
                        AND pid <> pg_backend_pid()
                        """);
    }
}
