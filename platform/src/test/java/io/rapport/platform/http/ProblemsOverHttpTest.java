package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, the answer is a problem document, and never says how we are built. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
public class ProblemsOverHttpTest {

    private static final String TRIAL = "{\"name\": \"a\"}";

    @Inject Jdbi jdbi;

    @Test
    void a_good_request_gets_its_answer_and_nothing_may_keep_or_guess_it() {
        agent().contentType("application/json")
                .body(
                        "{\"name\": \"ä😀\", \"price\": {\"amount\": \"1.5\", \"currency\": \"EUR\"}}")
                .post("/trials")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body("name", equalTo("ä😀"))
                .body("price.amount", equalTo("1.50"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"a\", \"nope\": 1}                       | invalid-fields  | /nope",
                "{\"name\": 7}                                        | invalid-fields  | /name",
                "{\"name\": \"a\", \"colour\": \"BLUE\"}              | invalid-fields  | /colour",
                "{\"name\": \"a\", \"name\": \"b\"}                   | invalid-fields  | /name",
                "{\"name\": \"a\\u0000\"}                             | invalid-fields  | /name",
                "{}                                                   | invalid-fields  | /name",
                "{\"name\": \"a\", \"parts\": [{\"word\": \"b\", \"count\": 1}, {\"word\": \" \", \"count\": 1}]} | invalid-fields | /parts/1/word",
                "{\"name\": \"a\", \"parts\": [{\"word\": \"b\", \"count\": 10}]}                  | invalid-fields | /parts/0/count",
                "{\"name\": \"a\", \"price\": {\"amount\": \"1.234\", \"currency\": \"EUR\"}}      | invalid-money  | /price/amount",
                "[]                                                   | invalid-fields  | ``",
                "null                                                 | body-missing    | ``",
            })
    void a_wrong_field_is_named_by_its_pointer(String body, String code, String pointer) {
        problem(agent().contentType("application/json").body(body).post("/trials"), 400, code)
                .body("errors.pointer", equalTo(List.of(pointer)))
                .body("errors[0].reason", not(nullValue()));
    }

    @Test
    void several_wrong_fields_are_named_together() {
        String body =
                "{\"name\": \""
                        + "a".repeat(51)
                        + "\", \"parts\": [{\"word\": \"\", \"count\": 10}]}";

        problem(
                        agent().contentType("application/json").body(body).post("/trials"),
                        400,
                        "invalid-fields")
                .body(
                        "errors.pointer",
                        equalTo(List.of("/name", "/parts/0/count", "/parts/0/word")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\": \"a\"} {}", "nope", "{\"name\": \"a\",}"})
    void malformed_json_is_told_as_such(String body) {
        problem(
                agent().contentType("application/json").body(body).post("/trials"),
                400,
                "malformed-json");
    }

    @Test
    void bytes_that_are_no_text_are_malformed() {
        byte[] body = {
            '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc3, (byte) 0x28, '"', '}'
        };

        problem(
                agent().contentType("application/json").body(body).post("/trials"),
                400,
                "malformed-json");
    }

    @Test
    void a_missing_body_is_told_as_such() {
        problem(agent().contentType("application/json").post("/trials"), 400, "body-missing");
    }

    @Test
    void json_too_deep_is_refused() {
        String body = "{\"name\": " + "[".repeat(100) + "]".repeat(100) + "}";

        problem(agent().contentType("application/json").body(body).post("/trials"), 400, null);
        problem(
                agent().contentType("application/json").body("[".repeat(500)).post("/trials"),
                400,
                null);
    }

    @Test
    void an_unknown_path_is_not_found_with_and_without_a_token() {
        problem(agent().get("/nothing-here"), 404, "not-found");
        problem(agent().get("/trials/a/b/c/d"), 404, "not-found");
        problem(given().get("/nothing-here"), 404, "not-found");
        problem(agent().get("/trials/not-a-uuid"), 404, "not-found");
    }

    @Test
    void a_method_that_a_path_has_not_is_told_with_those_that_it_has() {
        problem(agent().delete("/trials"), 405, "method-not-allowed")
                .header("Allow", "GET, HEAD, OPTIONS, POST");
        problem(agent().put("/trials/" + UUID.randomUUID()), 405, "method-not-allowed")
                .header("Allow", "GET, HEAD, OPTIONS");
        problem(agent().request("TRACE", "/trials"), 405, "method-not-allowed");
    }

    @Test
    void media_types_that_are_not_spoken_are_refused() {
        problem(agent().accept("text/html").get("/trials"), 406, "not-acceptable");
        problem(
                agent().contentType("text/plain").body("a").post("/trials"),
                415,
                "unsupported-media-type");
        problem(
                agent().contentType("application/json")
                        .header("Content-Encoding", "gzip")
                        .body(TRIAL)
                        .post("/trials"),
                415,
                "unsupported-media-type");
    }

    @Test
    void parameters_that_cannot_be_are_named() {
        String id = "/trials/" + UUID.randomUUID();

        problem(agent().get("/trials?limit=0"), 400, "invalid-limit")
                .body("errors.parameter", hasItem("limit"));
        problem(agent().get("/trials?limit=10000"), 400, "invalid-limit");
        problem(agent().get("/trials?limit=x"), 400, "invalid-limit");
        problem(agent().get("/trials?after=x"), 400, "invalid-cursor")
                .body("errors.parameter", hasItem("after"));
        problem(agent().get(id + "?colour=BLUE"), 400, "invalid-parameter");
        problem(agent().get(id + "?short=long"), 400, "invalid-fields")
                .body("errors.parameter", hasItem("short"));
        problem(
                agent().urlEncodingEnabled(false).get("/trials?after=a%00b"),
                400,
                "invalid-address");
    }

    @Test
    void a_list_is_walked_page_by_page_and_only_with_its_own_filters() {
        String next =
                agent().get("/trials?limit=30")
                        .then()
                        .body("items.size()", equalTo(30))
                        .extract()
                        .path("next");

        agent().queryParam("after", next)
                .queryParam("limit", 30)
                .get("/trials")
                .then()
                .statusCode(200)
                .body("items[0]", equalTo(31))
                .body("items.size()", equalTo(20))
                .body("$", hasKey("next"))
                .body("next", nullValue());
        problem(agent().queryParam("after", next).get("/trials?odd=true"), 400, "invalid-cursor");
    }

    @Test
    void a_refusal_says_when_to_come_back() {
        problem(agent().get("/trials/failures/busy"), 503, "too-many-trials")
                .header("Retry-After", "2");
        problem(agent().get("/trials/failures/gone"), 410, "trial-over")
                .header("Retry-After", nullValue());
        problem(agent().get("/trials/failures/timeout"), 503, "database-busy")
                .header("Retry-After", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "sql", "unwritable"})
    void a_fault_of_ours_tells_a_trace_and_nothing_else(String kind) {
        problem(agent().get("/trials/failures/" + kind), 500, "internal-error")
                .body(
                        "detail",
                        matchesPattern(
                                "Something went wrong on our side. Quote trace [0-9a-f]{32}."))
                .body("errors", nullValue());
    }

    @Test
    void what_a_race_lets_past_the_domain_is_refused_by_name() {
        String name = UUID.randomUUID().toString();
        String body = "{\"name\": \"" + name + "\"}";

        agent().contentType("application/json")
                .body(body)
                .post("/trials/plain")
                .then()
                .statusCode(200);
        problem(
                agent().contentType("application/json").body(body).post("/trials/plain"),
                409,
                "name-taken");
    }

    @Test
    void the_trace_that_a_caller_brings_is_the_one_that_is_told() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        problem(
                        agent().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                                .get("/trials/failures/gone"),
                        410,
                        "trial-over")
                .body("instance", equalTo("/traces/" + trace));
    }

    @Test
    void web_pages_of_other_origins_are_kept_out() {
        problem(
                        agent().header("Origin", "https://evil.example").get("/trials"),
                        403,
                        "origin-not-allowed")
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void the_description_of_the_api_tells_what_is_the_same_for_every_operation() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/trials'.post.responses.default.$ref",
                        equalTo("#/components/responses/Problem"))
                .body(
                        "paths.'/trials/{id}'.get.responses.default.$ref",
                        equalTo("#/components/responses/Problem"))
                .body(
                        "paths.'/trials'.post.parameters.$ref",
                        equalTo(List.of("#/components/parameters/Rapport-At-Least")))
                .body("components.parameters.'Rapport-At-Least'.in", equalTo("header"))
                .body(
                        "paths.'/trials/{id}'.get.responses.'200'.headers.'Rapport-Version'.$ref",
                        equalTo("#/components/headers/Rapport-Version"))
                .body(
                        "components.responses.Problem.headers.'Retry-After'.$ref",
                        equalTo("#/components/headers/Retry-After"))
                .body("components.schemas.Problem.required", hasItem("code"))
                .body("components.securitySchemes.token.scheme", equalTo("bearer"))
                .body("components.schemas.Money.properties.amount.type", equalTo("string"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void the_words_of_a_failed_statement_stay_out_of_messages() {
        String name = UUID.randomUUID().toString();
        Throwable failure = catchThrowable(() -> insert(name + "x".repeat(50)));

        assertThat(failure)
                .hasMessageContaining("trial_name_is_short")
                .hasMessageNotContaining(name);
        assertThat(failure.getCause()).hasMessageNotContaining(name);
    }

    private void insert(String name) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate("INSERT INTO trial VALUES (:id, :name)")
                                .bind("id", UUID.randomUUID())
                                .bind("name", name)
                                .execute());
    }

    private static RequestSpecification agent() {
        return given().auth().oauth2(Tokens.agent());
    }

    public static ValidatableResponse problem(
            Response response, int status, @Nullable String code) {
        assertThat(response.asString())
                .doesNotContain("Exception", "java.", "io.rapport", "secret", "jackson");
        ValidatableResponse answer =
                response.then()
                        .statusCode(status)
                        .contentType(containsString("application/problem+json"))
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Cache-Control", "no-store")
                        .body("status", equalTo(status))
                        .body("type", equalTo("/problems/" + response.path("code")))
                        .body("title", not(nullValue()))
                        .body("detail", not(nullValue()))
                        .body("instance", matchesPattern("/traces/[0-9a-f]{32}"));
        return code == null ? answer : answer.body("code", equalTo(code));
    }
}
