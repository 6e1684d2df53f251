package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One key, one effect: however often it is sent, by whom, with what, and after what. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdempotencyOverHttpTest {

    private static final int CALLERS = 64;

    @Inject ShiftableClock clock;
    @Inject StoredAnswers answers;
    @Inject IdempotencyKeys keys;

    private final String key = UUID.randomUUID().toString();
    private final String name = UUID.randomUUID().toString();

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void the_same_request_again_gets_the_first_answer_to_the_byte() throws SQLException {
        Response first = post("/trials/once", key, name);
        Response again = post("/trials/once", key, name);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        for (String header : List.of("Location", "Content-Type", "Rapport-Version")) {
            assertThat(again.header(header)).as(header).isNotNull().isEqualTo(first.header(header));
        }
        assertThat(trials(name)).isOne();
    }

    @Test
    void another_body_under_the_key_is_refused() throws SQLException {
        post("/trials/once", key, name);

        ProblemsOverHttpTest.problem(
                post("/trials/once", key, name + "b"), 422, "idempotency-key-reused");
        assertThat(trials(name + "b")).isZero();
    }

    @Test
    void the_same_json_in_other_words_is_the_same_request() {
        post("/trials/once", key, name).then().statusCode(201);

        given().auth()
                .oauth2(Tokens.agent())
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body("{ \"parts\" : null,\n\"name\":\"" + name + "\" }")
                .post("/trials/once")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void a_missing_or_odd_key_is_refused() {
        ProblemsOverHttpTest.problem(
                        post("/trials/once", null, name), 400, "idempotency-key-missing")
                .body("errors[0].parameter", equalTo("Idempotency-Key"));
        for (String odd : List.of("a b", "x".repeat(129), "ä")) {
            ProblemsOverHttpTest.problem(
                    post("/trials/once", odd, name), 400, "invalid-idempotency-key");
        }
    }

    @Test
    void another_caller_with_the_same_key_is_another_request() throws SQLException {
        String other = Tokens.builder().roles("agent").subject("agent-8").sign();

        post("/trials/slowly", key, name).then().statusCode(201);
        post("/trials/slowly", other, key, name)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue());

        assertThat(trials(name)).isEqualTo(2);
    }

    @Test
    void a_refusal_is_not_kept_and_leaves_nothing() throws SQLException {
        String refused = "refuse " + name;

        ProblemsOverHttpTest.problem(post("/trials/once", key, refused), 422, "not-this-one")
                .header("Rapport-Version", nullValue());
        assertThat(trials(refused)).isZero();
        assertThat(post("/trials/once", key, name).statusCode()).isEqualTo(201);
    }

    @Test
    void an_answer_that_says_no_is_rolled_back_like_a_refusal() throws SQLException {
        post("/trials/once", key, "answer 409 " + name).then().statusCode(409);

        assertThat(trials("answer 409 " + name)).isZero();
        post("/trials/once", key, name).then().statusCode(201);
    }

    @Test
    void raced_by_many_callers_it_happens_once() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Response response : AtOnce.run(CALLERS, caller -> post("/trials/slowly", key, name))) {
            statuses.add(response.statusCode());
            if (response.statusCode() == 409) {
                ProblemsOverHttpTest.problem(response, 409, "idempotency-key-in-use")
                        .header("Retry-After", "1");
            }
        }

        assertThat(statuses).containsOnly(201, 409).contains(201);
        assertThat(trials(name)).isOne();
        post("/trials/slowly", key, name)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void the_answer_lies_in_the_database_with_neither_key_nor_caller() throws SQLException {
        String id = post("/trials/once", key, name).path("id");

        List<Map<String, Object>> rows =
                Databases.asOwner()
                        .rows(
                                "SELECT * FROM idempotency_key WHERE ?::uuid = ANY (customer_ids)",
                                id);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().get("body"))
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}");
        assertThat(rows.toString()).doesNotContain(key, "agent-7");
    }

    @Test
    void after_a_day_the_key_is_free_and_the_row_goes() throws SQLException {
        post("/trials/slowly", key, name).then().statusCode(201);
        clock.shift(Duration.ofHours(24).plusSeconds(1));

        post("/trials/slowly", Tokens.agent(), key, name).then().statusCode(201);
        assertThat(trials(name)).isEqualTo(2);
        clock.shift(Duration.ofHours(25));
        answers.purge();
        assertThat(Databases.asOwner().number("SELECT count(*) FROM idempotency_key")).isZero();
    }

    @Test
    void a_row_that_somebody_holds_does_not_stop_the_purge() throws SQLException {
        post("/trials/once", key, name).then().statusCode(201);
        clock.shift(Duration.ofHours(25));
        try (Connection held = Databases.asOwner().connect()) {
            held.setAutoCommit(false);
            held.createStatement().execute("SELECT 1 FROM idempotency_key FOR UPDATE");
            answers.purge();
            held.rollback();
        }
        answers.purge();
        assertThat(Databases.asOwner().number("SELECT count(*) FROM idempotency_key")).isZero();
    }

    @Test
    void with_a_customer_the_answers_that_speak_of_them_go_and_no_others() throws SQLException {
        String id = post("/trials/once", key, name).path("id");
        String other = UUID.randomUUID().toString();
        String otherName = UUID.randomUUID().toString();
        post("/trials/once", other, otherName).then().statusCode(201);

        QuarkusTransaction.requiringNew().run(() -> keys.erase(List.of(UUID.fromString(id))));

        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM idempotency_key WHERE body LIKE ?",
                                        "%" + name + "%"))
                .isZero();
        post("/trials/once", other, otherName)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
    }

    /** The row of customer_sequence, which the erasure locks and whoever keeps an answer reads. */
    @Test
    void an_answer_that_is_made_while_its_customer_is_erased_is_refused_and_not_kept()
            throws Exception {
        UUID customer = UUID.randomUUID();
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_sequence (customer_id, last) VALUES (?, 3)",
                        customer);
        try (Connection erasing = Databases.asApplication().connect();
                ExecutorService caller = Executors.newSingleThreadExecutor()) {
            erasing.setAutoCommit(false);
            erasing.createStatement()
                    .execute(
                            "UPDATE customer_sequence SET erased = true WHERE customer_id = '"
                                    + customer
                                    + "'");
            Future<Response> asked = caller.submit(() -> post("/trials/of/" + customer, key, name));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitsForALock());
            erasing.commit();

            ProblemsOverHttpTest.problem(asked.get(), 410, "customer-erased");
        }
        assertThat(trials(name)).isZero();
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM idempotency_key WHERE ? = ANY (customer_ids)",
                                        customer))
                .isZero();
    }

    @Test
    void what_the_erasure_itself_answers_is_kept() throws SQLException {
        UUID customer = UUID.randomUUID();
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_sequence (customer_id, last) VALUES (?, 3)",
                        customer);

        post("/trials/erased/" + customer, key, name).then().statusCode(201);
        post("/trials/erased/" + customer, key, name)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
    }

    /** Nobody would ever be erased with it. */
    @Test
    void an_answer_that_tells_no_customer_is_not_kept_unless_it_speaks_of_nobody()
            throws SQLException {
        ProblemsOverHttpTest.problem(post("/trials/of-nobody", key, name), 500, "internal-error");
        assertThat(trials(name)).isZero();

        post("/trials/of-nobody?thing=true", key, name).then().statusCode(200);
        post("/trials/of-nobody?thing=true", key, name)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("name", equalTo(name));
    }

    private static boolean waitsForALock() throws SQLException {
        return Databases.asApplication()
                        .number(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    private static long trials(String name) throws SQLException {
        return Databases.asOwner()
                .number("SELECT count(*) FROM trial WHERE name LIKE ? || '%'", name);
    }

    private static Response post(String path, @Nullable String key, String name) {
        return post(path, Tokens.agent(), key, name);
    }

    private static Response post(String path, String token, @Nullable String key, String name) {
        Map<String, String> headers = key == null ? Map.of() : Map.of("Idempotency-Key", key);
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .headers(headers)
                .body(Map.of("name", name))
                .post(path);
    }
}
