package io.rapport.customer.login;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A login is linked by a code or by an admin, and then reads its own customer and no other. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LoginTest {

    private static final int CALLERS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject LoginConfig config;

    private final String subject = newSubject();
    private UUID customer;

    @BeforeEach
    void make() {
        customer = registered("{\"givenName\": \"Ada\"}");
    }

    @Test
    void a_code_makes_the_caller_s_login_the_customer_s_own() {
        me(subject).then().statusCode(404).body("code", equalTo("login-not-linked"));
        String before = get(customer).header("ETag");

        Response issued = issue(customer);
        issued.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("code", matchesPattern("[A-Za-z0-9_-]{22}"))
                .body("expiresAt", notNullValue());
        Response linked = prove(subject, issued.path("code"));
        linked.then()
                .statusCode(200)
                .header("ETag", not(before))
                .body("id", equalTo(customer.toString()));

        Response me = me(subject);
        me.then()
                .statusCode(200)
                .header("ETag", linked.header("ETag"))
                .header("Rapport-Version", notNullValue())
                .body("id", equalTo(customer.toString()))
                .body("givenName", equalTo("Ada"))
                .body("identities", hasSize(0));
        as(Tokens.customer(subject))
                .header("If-None-Match", me.header("ETag"))
                .get("/me")
                .then()
                .statusCode(304);
    }

    @Test
    void somebody_else_s_token_reads_somebody_else() {
        link(subject, customer);
        UUID other = registered("{}");
        String others = newSubject();
        link(others, other);

        me(subject).then().body("id", equalTo(customer.toString()));
        me(others).then().body("id", equalTo(other.toString()));
        me(newSubject()).then().statusCode(404);
        as(Tokens.customer(subject)).get("/customers/" + customer).then().statusCode(403);
        as(Tokens.builder().roles("agent").subject(subject).sign())
                .get("/me")
                .then()
                .statusCode(403);
    }

    @Test
    void a_code_is_good_for_one_login_who_may_repeat_the_request() {
        String code = issue(customer).path("code");
        Response linked = prove(subject, code);

        prove(subject, code).then().statusCode(200).header("ETag", linked.header("ETag"));
        invalid(prove(newSubject(), code));
        logins(customer).then().body("items", hasSize(1));
    }

    @Test
    void a_code_that_was_replaced_or_never_issued_is_good_for_nothing() {
        String replaced = issue(customer).path("code");
        String code = issue(customer).path("code");

        invalid(prove(subject, replaced));
        invalid(prove(subject, "AAAAAAAAAAAAAAAAAAAAAA"));
        invalid(prove(subject, ""));
        prove(subject, code).then().statusCode(200);
    }

    @Test
    void a_login_that_was_taken_away_is_not_linked_again_by_the_code_of_before() {
        String code = issue(customer).path("code");
        prove(subject, code).then().statusCode(200);
        String login = logins(customer).path("items[0].login");
        remove(customer, login, "*", "accept").then().statusCode(200);

        invalid(prove(subject, code));
        me(subject).then().statusCode(404);
    }

    @Test
    void a_code_that_has_expired_is_good_for_nothing() throws Exception {
        String code = issue(customer).path("code");
        Databases.asOwner()
                .execute(
                        "UPDATE login_code SET expires_at = now() - interval '1 hour' WHERE customer_id = ?",
                        customer);

        invalid(prove(subject, code));
        me(subject).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"code\": null}", "{\"code\": 7, \"x\": 1}"})
    void a_proof_has_a_code(String body) {
        as(Tokens.customer(subject))
                .contentType(ContentType.JSON)
                .body(body)
                .put("/me/login")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/code"));
    }

    @Test
    void neither_code_nor_subject_is_kept_or_published() throws Exception {
        String code = issue(customer).path("code");
        prove(subject, code).then().statusCode(200);

        Databases database = Databases.asOwner();
        for (String secret : List.of(code, subject)) {
            for (String table :
                    List.of("login_code", "customer_identity", "outbox", "idempotency_key")) {
                assertThat(
                                database.number(
                                        "SELECT count(*) FROM " + table + " t WHERE t::text LIKE ?",
                                        "%" + secret + "%"))
                        .as(table)
                        .isZero();
            }
        }
        try (Topics topics = Topics.ofSuite()) {
            Message event = last(topics, Topic.CUSTOMERS);
            assertThat(event.header("ce_type")).isEqualTo("customer.changed.v1");
            assertThat(event.value()).isEqualTo("{\"paths\":[\"/identities\"]}");
            // By this hash the other services know whose the token is.
            String hash = logins(customer).path("items[0].login");
            assertThat(hash).matches("[0-9a-f]{64}");
            assertThat(last(topics, Topic.PROFILES).value())
                    .contains("{\"source\":\"login\",\"externalId\":\"" + hash + "\"}")
                    .doesNotContain(subject);
        }
    }

    @Test
    void the_database_takes_no_login_in_clear() {
        assertThatThrownBy(
                        () ->
                                Databases.asOwner()
                                        .execute(
                                                """
                                                INSERT INTO customer_identity (source, external_id, customer_id)
                                                VALUES ('login', ?, ?)""",
                                                subject,
                                                customer))
                .hasMessageContaining("customer_identity_login_is_a_hash");
        assertThatThrownBy(
                        () ->
                                Databases.asOwner()
                                        .execute(
                                                """
                                                INSERT INTO login_code (customer_id, code_sha256, expires_at)
                                                VALUES (?, ?, now())""",
                                                customer,
                                                new byte[16]))
                .hasMessageContaining("login_code_sha256_has_32_bytes");
    }

    private Message last(Topics topics, Topic topic) {
        return await().atMost(LIMIT)
                .until(() -> topics.readAll(topic, customer), records -> records.size() == 2)
                .getLast();
    }

    @Test
    void a_login_shows_among_the_logins_and_nowhere_else() {
        link(subject, customer);

        String login = logins(customer).path("items[0].login");
        get(customer).then().body("identities", hasSize(0));
        agent().get("/customers/{customer}/identities", customer).then().body("items", hasSize(0));
        get("login:" + login).then().statusCode(400).body("code", equalTo("source-is-reserved"));
        as(Tokens.partner("login"))
                .get("/customers/{customer}/identities", customer)
                .then()
                .statusCode(404);
    }

    @Test
    void an_admin_links_and_takes_logins_away() {
        String second = newSubject();
        String login = add(customer, subject).then().statusCode(200).extract().path("login");
        me(subject).then().body("id", equalTo(customer.toString()));
        add(customer, subject).then().statusCode(200).body("login", equalTo(login));
        add(registered("{}"), subject).then().statusCode(409).body("code", equalTo("login-taken"));

        remove(customer, login, "*", "refuse")
                .then()
                .statusCode(409)
                .body("code", equalTo("last-login"));
        add(customer, second).then().statusCode(200);
        String etag = get(customer).header("ETag");
        remove(customer, login, "\"1\"", "refuse").then().statusCode(412);
        remove(customer, login, etag, "refuse").then().statusCode(200);
        me(subject).then().statusCode(404);
        me(second).then().statusCode(200);
        remove(customer, login, "*", "refuse")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-login"));

        String last = logins(customer).path("items[0].login");
        remove(customer, last, "*", "perhaps").then().statusCode(400);
        remove(customer, last, "*", "accept").then().statusCode(200);
        logins(customer).then().body("items", hasSize(0));
    }

    @Test
    void a_customer_has_as_many_logins_as_the_limit_says() {
        for (int i = 0; i < config.perCustomer(); i++) {
            add(customer, newSubject()).then().statusCode(200);
        }

        add(customer, subject).then().statusCode(409).body("code", equalTo("too-many-logins"));
        prove(subject, issue(customer).path("code"))
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-logins"));
    }

    @ParameterizedTest
    @CsvSource({"ERASED, 410, customer-erased", "MERGED, 409, customer-merged"})
    void only_an_active_customer_gets_a_login(String status, int answer, String code)
            throws Exception {
        String issued = issue(customer).path("code");
        Databases.asOwner()
                .execute("UPDATE customer SET status = ? WHERE id = ?", status, customer);

        for (Response refused :
                List.of(issue(customer), prove(subject, issued), add(customer, subject))) {
            refused.then().statusCode(answer).body("code", equalTo(code));
        }
    }

    @Test
    void an_erased_customer_reads_nothing() throws Exception {
        link(subject, customer);
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", customer);

        me(subject).then().statusCode(410);
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 403, 403, 403, 403",
        "manager,  201, 200, 403, 403, 403, 403",
        "admin,    201, 200, 200, 404, 403, 403",
        "partner,  403, 403, 403, 403, 403, 403",
        "customer, 403, 403, 403, 403, 404, 422",
    })
    void each_role_does_what_is_its_own(
            String role, int issue, int list, int add, int remove, int me, int prove) {
        String token = Tokens.builder().roles(role).subject(newSubject()).sources("shop").sign();

        assertThat(
                        Stream.of(
                                        as(token).post("/customers/{c}/login-code", customer),
                                        as(token).get("/customers/{c}/logins", customer),
                                        add(token, customer, subject),
                                        remove(token, customer, "none", "*", "refuse"),
                                        as(token).get("/me"),
                                        prove(token))
                                .map(Response::statusCode))
                .containsExactly(issue, list, add, remove, me, prove);
    }

    private static Response prove(String token) {
        return as(token)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"none\"}")
                .put("/me/login");
    }

    /** The lock of the customer's row, under which the code is used up. */
    @RepeatedTest(3)
    void of_logins_who_race_for_one_code_one_is_linked() {
        String code = issue(customer).path("code");
        List<String> subjects = Stream.generate(LoginTest::newSubject).limit(CALLERS).toList();

        List<Response> answers = AtOnce.run(CALLERS, n -> prove(subjects.get(n), code));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 422);
        logins(customer).then().body("items", hasSize(1));
    }

    /** The primary key of customer_identity. */
    @RepeatedTest(3)
    void a_login_that_races_for_two_customers_gets_one() {
        UUID other = registered("{}");
        List<String> codes = List.of(issue(customer).path("code"), issue(other).path("code"));

        List<Response> answers = AtOnce.run(2, n -> prove(subject, codes.get(n)));

        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200)
                .extracting(answer -> answer.<String>path("id"))
                .containsExactly(me(subject).<String>path("id"));
    }

    @Test
    void what_a_customer_is_called_changes_for_itself_too() {
        link(subject, customer);
        patch(customer, "*", "{\"givenName\": \"Grace\"}").then().statusCode(200);

        me(subject).then().body("givenName", equalTo("Grace"));
    }

    private static String newSubject() {
        return "subject-" + newExternalId();
    }

    private static void link(String subject, UUID customer) {
        prove(subject, issue(customer).path("code")).then().statusCode(200);
    }

    private static Response issue(UUID customer) {
        return agent().post("/customers/{customer}/login-code", customer);
    }

    private static Response prove(String subject, String code) {
        return as(Tokens.customer(subject))
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\"}".formatted(code))
                .put("/me/login");
    }

    private static void invalid(Response answer) {
        answer.then().statusCode(422).body("code", equalTo("invalid-login-code"));
    }

    private static Response me(String subject) {
        return as(Tokens.customer(subject)).get("/me");
    }

    private static Response logins(UUID customer) {
        return agent().get("/customers/{customer}/logins", customer);
    }

    private static Response add(UUID customer, String subject) {
        return add(Tokens.admin(), customer, subject);
    }

    private static Response add(String token, UUID customer, String subject) {
        return as(token)
                .contentType(ContentType.JSON)
                .body("{\"issuer\": \"%s\", \"subject\": \"%s\"}".formatted(Tokens.ISSUER, subject))
                .post("/customers/{customer}/logins", customer);
    }

    private static Response remove(UUID customer, String login, String ifMatch, String last) {
        return remove(Tokens.admin(), customer, login, ifMatch, last);
    }

    private static Response remove(
            String token, UUID customer, String login, String ifMatch, String last) {
        return as(token)
                .header("If-Match", ifMatch)
                .queryParam("last", last)
                .delete("/customers/{customer}/logins/{login}", customer, login);
    }
}
