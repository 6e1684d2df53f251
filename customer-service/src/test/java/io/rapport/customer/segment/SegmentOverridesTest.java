package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.delete;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.make;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.retire;
import static io.rapport.customer.segment.SegmentsApi.said;
import static io.rapport.customer.segment.SegmentsApi.saidBefore;
import static io.rapport.customer.segment.SegmentsApi.say;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How what was said of customers ends, and that it is told afterwards. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SegmentOverridesTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String IN = "{\"decision\": \"IN\", \"reason\": \"a friend\"}";

    @Inject Clock clock;
    @Inject SegmentConfig config;

    private final Databases application = Databases.asApplication();
    private final String condition = tagged(newKey());
    private UUID customer;
    private String segment;

    @BeforeEach
    void begin() {
        customer = registered("{}");
        segment = made(condition);
    }

    @Test
    void what_was_said_ends_with_its_segment_and_is_kept() {
        say(segment, customer, IN).then().statusCode(201);
        retire(segment, condition);
        delete(segment).then().statusCode(200);

        make(segment, condition).then().statusCode(201);
        said(segment).then().body("items", empty());
        saidBefore(segment, customer)
                .then()
                .statusCode(200)
                .body("items.reason", contains("a friend"))
                .body("items[0].endedBy", notNullValue())
                .body("items[0].endedAt", notNullValue());
    }

    /** The foreign key: neither the one nor the other is lost without a word. */
    @Test
    void what_is_said_while_its_segment_is_deleted_keeps_it() throws Exception {
        retire(segment, condition);
        try (Connection sayer = application.connect()) {
            sayer.setAutoCommit(false);
            int session = insertOverride(sayer);
            CompletableFuture<Response> deleted =
                    CompletableFuture.supplyAsync(() -> delete(segment));
            await().atMost(LIMIT).until(() -> waitingFor(session) > 0);
            sayer.commit();

            deleted.get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("segment-has-overrides"));
        }
        said(segment).then().body("items", hasSize(1));
        delete(segment).then().statusCode(200);
    }

    /** Answers the session that has said it and has not committed. */
    private int insertOverride(Connection sayer) throws SQLException {
        try (PreparedStatement insert =
                sayer.prepareStatement(
                        """
                        INSERT INTO segment_override (customer_id, segment, decision, author, reason, made_at)
                        VALUES (?, ?, 'IN', 'somebody', 'meanwhile', now()) RETURNING pg_backend_pid()
                        """)) {
            insert.setObject(1, customer);
            insert.setString(2, segment);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private long waitingFor(int session) throws SQLException {
        return application.number(
                "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))",
                session);
    }

    /** Their rows are held until all of it is kept. */
    @Test
    void what_was_said_of_very_many_is_taken_back_first() throws Exception {
        int most = config.customersPerTransaction();
        AtOnce.run(
                10,
                _ -> IntStream.rangeClosed(0, most / 10).mapToObj(_ -> registered("{}")).toList());
        application.execute(
                """
                INSERT INTO segment_override (customer_id, segment, decision, author, reason, made_at)
                SELECT id, ?, 'IN', 'somebody', 'one of many', now() FROM customer ORDER BY id DESC LIMIT ?
                """,
                segment,
                most + 1);
        retire(segment, condition);

        delete(segment).then().statusCode(409).body("code", equalTo("segment-has-overrides"));
        application.execute(
                """
                DELETE FROM segment_override WHERE segment = ? AND customer_id = (
                    SELECT customer_id FROM segment_override WHERE segment = ? LIMIT 1)
                """,
                segment,
                segment);
        delete(segment).then().statusCode(200);
    }

    private String until(Instant end) {
        return "{\"decision\": \"IN\", \"reason\": \"for a while\", \"expiresAt\": \"%s\"}"
                .formatted(end);
    }

    private void awaitEndOf(UUID subject, Instant end) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                saidBefore(segment, subject)
                                        .then()
                                        .statusCode(200)
                                        .body("items.reason", contains("for a while"))
                                        .body("items[0].endedAt", equalTo(end.toString()))
                                        .body("items[0].endedBy", nullValue()));
    }

    /** No timer is set for a segment in which nobody is. */
    @Test
    void what_has_expired_of_a_retired_segment_is_told_as_it_ended() {
        retire(segment, condition);
        Instant end = clock.instant().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        say(segment, customer, until(end)).then().statusCode(201);

        awaitEndOf(customer, end);
        said(segment).then().body("items", empty());
        say(segment, customer, IN).then().statusCode(201);
        awaitEndOf(customer, end);
    }

    @Test
    void what_was_said_of_a_member_ends_by_the_timer_of_its_survivor() throws Exception {
        Instant end = clock.instant().plusSeconds(4).truncatedTo(ChronoUnit.MILLIS);
        say(segment, customer, until(end)).then().statusCode(201);
        UUID survivor = registered("{}");
        merge(survivor, customer).then().statusCode(200);
        // As one does that was due earlier: who was merged is in no segment and sets none.
        application.execute("DELETE FROM timer WHERE subject = ?", customer);

        awaitEndOf(survivor, end);
        await().atMost(LIMIT)
                .until(
                        () ->
                                application.number(
                                                "SELECT count(*) FROM segment_override_past WHERE customer_id = ?",
                                                customer)
                                        == 1);
    }
}
