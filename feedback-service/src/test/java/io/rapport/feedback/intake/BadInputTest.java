package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.as;
import static io.rapport.feedback.Surroundings.give;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BadInputTest {

    private static final String PROBLEM = "application/problem+json";

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": 11"),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": -1"),
                Arguments.of("/rating", "\"metric\": \"CSAT\", \"rating\": 0"),
                Arguments.of("/rating", "\"metric\": \"CES\", \"rating\": 8"),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": 9.5"),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": \"9\""),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": 99999999999"),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": true"),
                Arguments.of("/rating", "\"metric\": \"NPS\", \"rating\": null"),
                Arguments.of("/rating", "\"metric\": \"NPS\""),
                Arguments.of("/metric", "\"rating\": 5"),
                Arguments.of("/metric", "\"metric\": \"nps\", \"rating\": 5"),
                Arguments.of("/metric", "\"metric\": 0, \"rating\": 5"),
                Arguments.of("/text", "\"metric\": \"NPS\", \"rating\": 5, \"text\": \" \""),
                Arguments.of(
                        "/text",
                        "\"metric\": \"NPS\", \"rating\": 5, \"text\": \"zero \\u0000 byte\""),
                Arguments.of(
                        "/text",
                        "\"metric\": \"NPS\", \"rating\": 5, \"text\": \"half \\ud83d pair\""),
                Arguments.of("/text", "\"metric\": \"NPS\", \"rating\": 5, \"text\": [\"a\"]"),
                Arguments.of(
                        "/text",
                        "\"metric\": \"NPS\", \"rating\": 5, \"text\": \""
                                + "x".repeat(100_000)
                                + "\""),
                Arguments.of(
                        "/touchpoint",
                        "\"metric\": \"NPS\", \"rating\": 5, \"touchpoint\": \"Check Out\""),
                Arguments.of(
                        "/touchpoint",
                        "\"metric\": \"NPS\", \"rating\": 5, \"touchpoint\": \""
                                + "x".repeat(65)
                                + "\""),
                Arguments.of(
                        "/interaction",
                        "\"metric\": \"NPS\", \"rating\": 5, \"interaction\": \"7\""),
                Arguments.of(
                        "/occurredAt",
                        "\"metric\": \"NPS\", \"rating\": 5, \"occurredAt\": \"0001-01-01T00:00:00Z\""),
                Arguments.of(
                        "/occurredAt",
                        "\"metric\": \"NPS\", \"rating\": 5, \"occurredAt\": \"9999-12-31T00:00:00Z\""),
                Arguments.of(
                        "/occurredAt",
                        "\"metric\": \"NPS\", \"rating\": 5, \"occurredAt\": \"yesterday\""),
                Arguments.of(
                        "/sourceId", "\"metric\": \"NPS\", \"rating\": 5, \"source\": \"shop\""),
                Arguments.of("/source", "\"metric\": \"NPS\", \"rating\": 5, \"sourceId\": \"7\""),
                Arguments.of(
                        "/source",
                        "\"metric\": \"NPS\", \"rating\": 5, \"source\": \"My Shop\", \"sourceId\": \"7\""),
                Arguments.of(
                        "/sourceId",
                        "\"metric\": \"NPS\", \"rating\": 5, \"source\": \"shop\", \"sourceId\": \""
                                + "7".repeat(201)
                                + "\""),
                Arguments.of("/id", "\"metric\": \"NPS\", \"rating\": 5, \"id\": \"7\""),
                Arguments.of(
                        "/recordedAt", "\"metric\": \"NPS\", \"rating\": 5, \"recordedAt\": null"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_field_that_is_wrong_is_named(String pointer, String fields) {
        give("{\"customer\": \"shop:17850\", " + fields + "}")
                .statusCode(400)
                .contentType(PROBLEM)
                .body("code", notNullValue())
                .body("errors.pointer", hasItem(pointer))
                .body("errors.reason", everyItem(notNullValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"customer\": \"shop:1\", \"metric\": \"NPS\", \"rating\": 5} trailing",
                "{\"metric\": \"NPS\", \"rating\": 5}",
                "{\"customer\": null, \"metric\": \"NPS\", \"rating\": 5}",
                "{\"customer\": 17850, \"metric\": \"NPS\", \"rating\": 5}",
                "{\"customer\": \"17850\", \"metric\": \"NPS\", \"rating\": 5}",
                "{\"customer\": \"shop:ada@example.org\", \"metric\": \"NPS\", \"rating\": 5}",
            })
    void what_is_no_feedback_at_all_is_a_problem_document(String body) {
        give(body).statusCode(400).contentType(PROBLEM).body("code", notNullValue());
    }

    @Test
    void a_body_that_is_far_too_large_is_cut_off() {
        give("{\"text\": \"" + "x".repeat(11 * 1024 * 1024) + "\"}")
                .statusCode(413)
                .contentType(PROBLEM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/feedback",
                "/feedback?customer=",
                "/feedback?customer=17850",
                "/feedback?customer=shop:ada@example.org",
                "/feedback?customer=%s&metric=nps",
                "/feedback?customer=%s&limit=0",
                "/feedback?customer=%s&limit=10000",
                "/feedback?customer=%s&after=not-a-cursor",
            })
    void a_list_that_cannot_be_is_refused(String path) {
        UUID customer;
        try (Surroundings surroundings = new Surroundings()) {
            customer = surroundings.customer();
        }
        as(Tokens.agent())
                .get(path.formatted(customer))
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
    }

    @Test
    void an_id_that_is_none_finds_nothing() {
        as(Tokens.agent()).get("/feedback/7").then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void feedback_is_never_changed_or_taken_back() {
        String path = "/feedback/" + Ids.next();
        as(Tokens.agent()).body("{}").put(path).then().statusCode(405).contentType(PROBLEM);
        as(Tokens.agent()).body("{}").patch(path).then().statusCode(405).contentType(PROBLEM);
        as(Tokens.agent()).delete(path).then().statusCode(405).body("status", equalTo(405));
    }
}
