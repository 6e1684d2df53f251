package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.change;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.make;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.ready;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** How all customers are decided anew for a segment that was made or changed. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SegmentBuildTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Inject Jdbi jdbi;
    @Inject SegmentConfig config;
    @Inject MeterRegistry metrics;

    private final Databases application = Databases.asApplication();
    private final String tag = newKey();

    private UUID member() {
        return registered("{\"tags\": [\"%s\"]}".formatted(tag));
    }

    private void others(int number) {
        AtOnce.run(
                10, _ -> IntStream.range(0, number / 10).mapToObj(_ -> registered("{}")).toList());
    }

    /** What it has decided is committed with how far it is, so that it goes on from there. */
    @Test
    void one_that_is_killed_midway_goes_on_and_tells_nobody_twice() throws Exception {
        UUID first = member();
        others(config.customersPerTransaction() + 10);
        UUID last = member();
        String key = newKey();
        try (Connection holder = Databases.asOwner().connect()) {
            holder.setAutoCommit(false);
            // Who held it before the fence would be waited for before anybody is decided.
            int session =
                    whileSomebodyWrites(
                            () -> {
                                make(key, tagged(tag)).then().statusCode(201);
                                await().atMost(LIMIT).until(() -> isFenced(key));
                                return lock(holder, last);
                            });
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> memberIds(key).contains(first.toString()) && kill(session) == 1);
            assertThat(agent().get("/segments/{segment}", key).<String>path("state"))
                    .isEqualTo("BUILDING");
        }
        ready(key);

        assertThat(memberIds(key)).containsExactly(first.toString(), last.toString());
        try (Topics topics = Topics.ofSuite()) {
            await().atMost(LIMIT).until(() -> entered(topics, last, key) == 1);
            assertThat(entered(topics, first, key)).isEqualTo(1);
        }
    }

    private boolean isFenced(String key) throws SQLException {
        return application.number(
                        "SELECT count(*) FROM segment_build WHERE segment = ? AND fence IS NOT NULL",
                        key)
                == 1;
    }

    /** Answers the session that holds the customer's row from now on. */
    private static int lock(Connection holder, UUID customer) throws SQLException {
        try (PreparedStatement lock =
                holder.prepareStatement(
                        "SELECT pg_backend_pid() FROM customer WHERE id = ? FOR UPDATE")) {
            lock.setObject(1, customer);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Ends the session that waits for whoever holds a customer, if there is one. */
    private long kill(int holder) throws SQLException {
        return application.number(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))",
                holder);
    }

    private static long entered(Topics topics, UUID customer, String key) {
        return topics.readAll(Topic.CUSTOMERS, customer.toString()).stream()
                .filter(
                        event ->
                                "customer.segment-entered.v1".equals(event.header("ce_type"))
                                        && Objects.requireNonNull(event.value()).contains(key))
                .count();
    }

    /** Whoever writes one of the customers waits for all that is decided with it. */
    @Test
    void of_many_segments_together_fewer_customers_are_held_at_once() throws Exception {
        int segments = 25;
        // Of as many as are held at once half are within one step, wherever it begins.
        int customers = config.customersPerTransaction();
        AtOnce.run(10, _ -> IntStream.range(0, customers / 10).mapToObj(_ -> member()).toList());
        String readingContext =
                both(
                        tagged(tag),
                        "{\"not\": %s}"
                                .formatted(compare("interactions.count", "AT_LEAST", "[1]")));
        List<String> keys = IntStream.range(0, segments).mapToObj(_ -> newKey()).toList();
        whileSomebodyWrites(
                () -> {
                    keys.forEach(key -> make(key, readingContext).then().statusCode(201));
                    return keys;
                });
        keys.forEach(SegmentsApi::ready);
        long decisions = config.decisionsPerTransaction();
        assertThat(mostAtOnce(keys)).isBetween(decisions / 2, decisions);

        long members = (long) segments * customers;
        enterAnew(
                keys,
                """
                INSERT INTO timer (kind, subject, due)
                SELECT DISTINCT 'segment-due', customer_id, now() FROM gone
                """);
        await().atMost(LIMIT).until(() -> members(keys) == members);
        assertThat(mostAtOnce(keys)).isLessThanOrEqualTo(decisions);
        enterAnew(
                keys,
                "INSERT INTO segment_mark (customer_id) SELECT DISTINCT customer_id FROM gone");
        await().atMost(LIMIT).until(() -> members(keys) == members);
        assertThat(mostAtOnce(keys)).isLessThanOrEqualTo(decisions);
    }

    /** Takes all members away, of whom it is decided again. */
    private static void enterAnew(List<String> keys, String again) throws SQLException {
        Databases.asOwner()
                .execute(
                        "WITH gone AS (DELETE FROM segment_member WHERE segment = ANY(string_to_array(?, ',')) RETURNING customer_id) "
                                + again,
                        String.join(",", keys));
    }

    private long members(List<String> keys) throws SQLException {
        return application.number(
                "SELECT count(*) FROM segment_member WHERE segment = ANY(string_to_array(?, ','))",
                String.join(",", keys));
    }

    /** The most that came in by one transaction. */
    private long mostAtOnce(List<String> keys) throws SQLException {
        return application.number(
                """
                SELECT max(n) FROM (
                    SELECT count(*) AS n FROM segment_member
                    WHERE segment = ANY(string_to_array(?, ',')) GROUP BY CAST(xmin AS text)) AS t""",
                String.join(",", keys));
    }

    /** All that begin meanwhile wait for its transaction, and go on together when it ends. */
    private <T> T whileSomebodyWrites(Callable<T> meanwhile) {
        return QuarkusTransaction.requiringNew()
                .call(
                        () -> {
                            jdbi.useHandle(
                                    handle ->
                                            handle.createQuery("SELECT pg_current_xact_id()")
                                                    .mapTo(String.class)
                                                    .one());
                            return meanwhile.call();
                        });
    }

    @Test
    void operators_see_that_segments_and_marks_wait() throws Exception {
        String key = newKey();
        whileSomebodyWrites(
                () -> {
                    make(key, tagged(tag)).then().statusCode(201);
                    await().atMost(LIMIT)
                            .until(
                                    () ->
                                            gauge("building") >= 1
                                                    && gauge("building.oldest.age.seconds") > 0);
                    return key;
                });
        ready(key);
        UUID customer = member();
        try (Connection holder = Databases.asOwner().connect()) {
            holder.setAutoCommit(false);
            lock(holder, customer);
            application.execute("INSERT INTO segment_mark (customer_id) VALUES (?)", customer);
            await().atMost(LIMIT).until(() -> gauge("marks.oldest.age.seconds") > 0);
        }

        await().atMost(LIMIT)
                .until(() -> gauge("building") == 0 && gauge("marks.oldest.age.seconds") == 0);
    }

    private double gauge(String name) {
        return metrics.get("rapport.segments." + name).gauge().value();
    }

    @Test
    void a_segment_that_is_only_called_otherwise_is_ready_at_once() {
        UUID customer = member();
        String key = made(tagged(tag));

        change(
                        key,
                        "{\"label\": \"Others\", \"description\": \"Why.\", \"condition\": %s}"
                                .formatted(tagged(tag)))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("label", equalTo("Others"))
                .body("state", equalTo("READY"));
        assertThat(memberIds(key)).containsExactly(customer.toString());
    }
}
