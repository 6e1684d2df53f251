package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with an interaction is said at its place, and nothing is recorded. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BadInteractionTest {

    @Inject ShiftableClock clock;

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("/customer", "customer", null),
                Arguments.of("/customer", "customer", "nobody"),
                Arguments.of("/customer", "customer", ""),
                Arguments.of("/customer", "customer", 17850),
                Arguments.of("/customer", "customer", "shop:ada@example.com"),
                Arguments.of("/source", "source", "Shop!"),
                Arguments.of("/sourceId", "sourceId", 536365),
                Arguments.of("/sourceId", "sourceId", "a\u0000b"),
                Arguments.of("/type", "type", "GIFT"),
                Arguments.of("/channel", "channel", "PIGEON"),
                Arguments.of("/direction", "direction", "SIDEWAYS"),
                Arguments.of("/touchpoint", "touchpoint", "The checkout"),
                Arguments.of("/amount", "amount", null),
                Arguments.of("/amount", "amount", 12.5),
                Arguments.of("/amount", "amount", Map.of("amount", "-1.00", "currency", "GBP")),
                Arguments.of(
                        "/amount/amount", "amount", Map.of("amount", "12.505", "currency", "GBP")),
                Arguments.of(
                        "/amount/amount", "amount", Map.of("amount", "1.5", "currency", "JPY")),
                Arguments.of(
                        "/amount/amount", "amount", Map.of("amount", 12.50, "currency", "GBP")),
                Arguments.of(
                        "/amount/amount", "amount", Map.of("amount", "1e9", "currency", "GBP")),
                Arguments.of(
                        "/amount/amount",
                        "amount",
                        Map.of("amount", "1".repeat(16), "currency", "GBP")),
                Arguments.of(
                        "/amount/currency", "amount", Map.of("amount", "12.50", "currency", "QQQ")),
                Arguments.of("/amount/currency", "amount", Map.of("amount", "12.50")),
                Arguments.of(
                        "/amount/tax",
                        "amount",
                        Map.of("amount", "12.50", "currency", "GBP", "tax", "1")),
                Arguments.of("/occurredAt", "occurredAt", "yesterday"),
                Arguments.of("/occurredAt", "occurredAt", "2026-11-20"),
                Arguments.of("/occurredAt", "occurredAt", "2026-11-20T09:14:05"),
                Arguments.of("/occurredAt", "occurredAt", 1763719200),
                Arguments.of("/occurredAt", "occurredAt", "0001-01-01T00:00:00Z"),
                Arguments.of("/occurredAt", "occurredAt", "9999-12-31T23:59:59Z"),
                Arguments.of("/employee", "employee", "Ada Lovelace"),
                Arguments.of("/team", "team", "t".repeat(65)),
                Arguments.of("/reference", "reference", "536365"),
                Arguments.of("/reference/kind", "reference", Map.of("kind", "BILL", "value", "1")),
                Arguments.of("/reference/value", "reference", Map.of("kind", "ORDER")),
                Arguments.of(
                        "/reference/value",
                        "reference",
                        Map.of("kind", "ORDER", "value", "1".repeat(201))),
                Arguments.of("/device", "device", " "),
                Arguments.of("/place", "place", "two\nlines"),
                Arguments.of("/attributes", "attributes", List.of(1)),
                Arguments.of("/attributes", "attributes", Map.of("colour", "red")),
                Arguments.of("/attributes", "attributes", Map.of("colour", "red\u0000")),
                Arguments.of("/attributes", "attributes", Map.of("colour", "r".repeat(10_000))),
                Arguments.of("/emotions", "emotions", Map.of("ENVY", 10)),
                Arguments.of("/emotions/JOY", "emotions", Map.of("JOY", 101)),
                Arguments.of("/emotions/JOY", "emotions", Map.of("JOY", 1.5)),
                Arguments.of("/outcome", "outcome", "FINE"),
                Arguments.of("/duration", "duration", "PT-1S"),
                Arguments.of("/duration", "duration", "P31D"),
                Arguments.of("/duration", "duration", 270),
                Arguments.of("/wait", "wait", "soon"),
                Arguments.of("/wait", "wait", "P367D"),
                Arguments.of("/waited", "waited", "PT1S"),
                Arguments.of("/subject", "subject", "s".repeat(501)),
                Arguments.of("/text", "text", "é".repeat(50_001)),
                Arguments.of("/text", "text", "half of \ud83d"),
                Arguments.of("/id", "id", "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"),
                Arguments.of("/recordedAt", "recordedAt", "2026-11-20T09:14:05Z"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_is_wrong_is_told_at_its_place(String pointer, String member, @Nullable Object value) {
        Customer customer = newCustomer();

        Response answer = post(with(purchase(customer), member, value));

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", not(empty()))
                .body("errors.pointer", hasItem(pointer));
        list(customer.name()).then().body("items", empty());
    }

    @Test
    void the_future_begins_after_five_minutes_by_our_clock() {
        Customer customer = newCustomer();
        try {
            clock.shift(Duration.ofDays(-30));
            Instant now = clock.instant();

            post(with(purchase(customer), "occurredAt", now.plusSeconds(290).toString()))
                    .then()
                    .statusCode(201);
            post(with(purchase(customer), "occurredAt", now.plusSeconds(310).toString()))
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/occurredAt"));
        } finally {
            clock.reset();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"purchase\"",
                "{",
                "{} {}",
                "{\"source\": \"a\", \"source\": \"b\"}"
            })
    void what_is_no_interaction_at_all_is_a_problem_too(String body) {
        agent().contentType(ContentType.JSON)
                .body(body)
                .post("/interactions")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400));
    }

    @Test
    void a_text_of_a_megabyte_and_a_body_of_ten_are_told_to_be_too_much() {
        Map<String, @Nullable Object> told = purchase(newCustomer());

        post(with(told, "text", "t".repeat(1_000_000))).then().statusCode(400);
        assertThat(post(with(told, "text", "t".repeat(10 << 20))).statusCode()).isEqualTo(413);
    }

    @Test
    void another_media_type_is_refused() {
        agent().contentType("application/xml")
                .body("<a/>")
                .post("/interactions")
                .then()
                .statusCode(415);
    }
}
