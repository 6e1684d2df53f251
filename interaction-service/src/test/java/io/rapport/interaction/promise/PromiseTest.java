package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.ids;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static io.rapport.interaction.promise.PromisesApi.told;
import static io.rapport.interaction.promise.PromisesApi.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise from its making to its outcome, as callers see it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseTest {

    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    private Customer customer;
    private Instant due;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
        due = clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    }

    @AfterEach
    void reset() {
        shiftable.reset();
    }

    @Test
    void what_was_promised_in_an_interaction_is_read_as_it_was_made() {
        String interaction = interaction(customer);
        Response made = make(interaction, callBack(due));

        made.then()
                .statusCode(201)
                .header("Rapport-Version", notNullValue())
                .header("Location", endsWith("/interactions/promises/" + made.path("id")))
                .body("customer", equalTo(customer.id().toString()))
                .body("interaction", equalTo(interaction))
                .body("kind", equalTo("CALL_BACK"))
                .body("text", equalTo("We call back."))
                .body("team", equalTo("support"))
                .body("employee", equalTo("person-17"))
                .body("rule", nullValue())
                .body("state", equalTo("OPEN"))
                .body("dueAt", equalTo(due.toString()))
                .body("settledAt", nullValue());
        Response read = read(made.path("id"));
        read.then().statusCode(200);
        assertThat(read.asString()).isEqualTo(made.asString());
        Message event = told(customer.id(), 1).getFirst();
        assertThat(type(event)).isEqualTo("interaction.promise-made.v1");
        assertThat(event.header("ce_time")).isEqualTo(made.path("madeAt"));
        Samples.assertSameShape(type(event), Objects.requireNonNull(event.value()));
    }

    @Test
    void a_rule_promises_as_a_person_does() {
        Map<String, @Nullable Object> byRule = callBack(due);
        byRule.remove("employee");
        byRule.put("rule", "ships-in-two-days");

        make(interaction(customer), byRule)
                .then()
                .statusCode(201)
                .body("rule", equalTo("ships-in-two-days"))
                .body("employee", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "KEPT,      interaction.promise-kept.v1",
        "EXCEEDED,  interaction.promise-kept.v1",
        "BROKEN,    interaction.promise-broken.v1",
        "WITHDRAWN, interaction.promise-withdrawn.v1",
    })
    void each_outcome_is_said_once_and_told_as_its_sample_says(String outcome, String type) {
        String promise = promised(customer, due);
        Map<String, String> said = Map.of("outcome", outcome, "reason", "Said MARKED");

        Response settled = settle(promise, said);
        settled.then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .body("state", equalTo(outcome))
                .body("reason", equalTo("Said MARKED"));
        // The same again is as it stands, though it says another reason.
        Response again = settle(promise, Map.of("outcome", outcome, "reason", "Other"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(settled.asString());
        assertThat(read(promise).asString()).isEqualTo(settled.asString());

        List<Message> events = told(customer.id(), 2);
        assertThat(events).hasSize(2);
        Message event = events.getLast();
        assertThat(type(event)).isEqualTo(type);
        assertThat(event.header("ce_time")).isEqualTo(settled.path("settledAt"));
        Samples.assertSameShape(type, Objects.requireNonNull(event.value()));
        assertThat(events.toString())
                .doesNotContain("MARKED")
                .doesNotContain("We call back")
                .doesNotContain("person-17");
    }

    @Test
    void what_came_out_cannot_come_out_otherwise() {
        String promise = promised(customer, due);
        settle(promise, "KEPT").then().statusCode(200);

        for (String other : List.of("EXCEEDED", "BROKEN")) {
            settle(promise, other)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("promise-is-closed"))
                    .body("state", equalTo("KEPT"));
        }
        read(promise).then().body("state", equalTo("KEPT"));
        assertThat(told(customer.id(), 2)).hasSize(2);
    }

    @Test
    void a_withdrawal_needs_a_reason() {
        String promise = promised(customer, due);

        settle(promise, "WITHDRAWN")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/reason"));
        settle(promise, Map.of("outcome", "WITHDRAWN", "reason", "x".repeat(501)))
                .then()
                .statusCode(400);
        settle(promise, Map.of()).then().statusCode(400);
        settle(promise, Map.of("outcome", "OPEN")).then().statusCode(400);
        read(promise).then().body("state", equalTo("OPEN"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "kind,     GIFT,           /kind",
                "kind,     NULL,           /kind",
                "text,     NULL,           /text",
                "text,     ' ',            /text",
                "team,     NULL,           /team",
                "team,     Support,        /team",
                "employee, NULL,           /employee",
                "employee, 'Jane Doe',     /employee",
                "rule,     ships-tomorrow, /employee",
                "dueAt,    NULL,           /dueAt",
                "dueAt,    2026-11-20T09:14:05Z, /dueAt",
                "dueAt,    2099-01-01T00:00:00Z, /dueAt",
                "dueAt,    +1000000000-12-31T23:59:59Z, /dueAt",
            })
    void what_is_wrong_is_told_at_its_place_and_nothing_is_promised(
            String member, @Nullable String value, String pointer) {
        make(interaction(customer), with(callBack(due), member, value))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer));
        assertThat(ids(customer.name(), null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a zero \\u0000 byte", "half a pair \\ud83d", "\\t"})
    void words_that_cannot_be_kept_are_refused(String escaped) throws JsonProcessingException {
        String promise =
                new ObjectMapper()
                        .writeValueAsString(with(callBack(due), "text", "TEXT"))
                        .replace("TEXT", escaped);

        make(interaction(customer), promise)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/text"));
    }

    @Test
    void words_of_any_script_are_kept_to_the_last_character() {
        String longest = "\ud83d\udc4b".repeat(2_000);
        String interaction = interaction(customer);

        make(interaction, with(callBack(due), "text", longest))
                .then()
                .statusCode(201)
                .body("text", equalTo(longest));
        make(interaction, with(callBack(due), "text", longest + "!")).then().statusCode(400);
    }

    @Test
    void in_no_interaction_nothing_is_promised() {
        make(newId(), callBack(due))
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-interaction"));
        read(newId()).then().statusCode(404).body("code", equalTo("unknown-promise"));
        settle(newId(), "KEPT").then().statusCode(404).body("code", equalTo("unknown-promise"));
    }

    @Test
    void the_same_request_again_is_one_promise_also_when_it_is_due_by_then() {
        String interaction = interaction(customer);
        String key = newId();
        due = clock.instant().plus(Duration.ofHours(1));
        Response first = make(agent(), key, interaction, callBack(due));

        shiftable.shift(Duration.ofHours(20));
        Response again = make(agent(), key, interaction, callBack(due));
        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        make(agent(), key, interaction, with(callBack(due), "kind", "VISIT"))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        agent().contentType("application/json")
                .body(callBack(due))
                .post("/interactions/{interaction}/promises", interaction)
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"));
        assertThat(ids(customer.name(), null)).containsExactly(first.<String>path("id"));
    }
}
