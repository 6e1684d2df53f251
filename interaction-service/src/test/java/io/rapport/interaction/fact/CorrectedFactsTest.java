package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.correct;
import static io.rapport.interaction.fact.FactsApi.events;
import static io.rapport.interaction.fact.FactsApi.forget;
import static io.rapport.interaction.fact.FactsApi.ids;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.read;
import static io.rapport.interaction.fact.FactsApi.told;
import static io.rapport.interaction.fact.FactsApi.type;
import static io.rapport.interaction.fact.FactsApi.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was told wrongly is corrected by a new version; what is not to be known is forgotten. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CorrectedFactsTest {

    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @Test
    void the_newest_version_is_what_is_read_and_the_older_ones_stay_readable() {
        String fact = told(customer, "Four MARKED");

        Response corrected =
                correct(
                        newId(),
                        fact,
                        Map.of(
                                "version", 1,
                                "reason", "Misheard.",
                                "value", "Five MARKED",
                                "validUntil", "2027-01-01T00:00:00Z"));

        corrected
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .body("version", equalTo(2))
                .body("value", equalTo("Five MARKED"))
                .body("learnt", equalTo("STATED"))
                .body("toldAt", equalTo("2026-11-20T09:14:05.250Z"))
                .body("validUntil", equalTo("2027-01-01T00:00:00Z"));
        assertThat(read(fact).asString()).isEqualTo(corrected.asString());
        versions(fact)
                .then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .body("items.value", contains("Five MARKED", "Four MARKED"))
                .body("items[0].reason", equalTo("Misheard."))
                .body("items[0].actor", equalTo("agent-1"))
                .body("items[1]", not(hasKey("reason")))
                .body("items[1].validUntil", equalTo("2028-11-20T09:14:05.250Z"));
        Message event = events(customer.id(), 2).getLast();
        String payload = Objects.requireNonNull(event.value());
        assertThat(type(event)).isEqualTo("interaction.fact-told.v1");
        assertThat(event.header("ce_time")).isEqualTo(corrected.path("recordedAt"));
        Samples.assertSameShape(type(event), payload);
        assertThat(payload).contains("\"version\":2").doesNotContain("MARKED", "Misheard");
    }

    /** The row of customer_sequence, then the version; behind it fact_version_is_told_once. */
    @Test
    void of_many_who_correct_the_same_version_one_does() {
        String fact = told(customer, "Four");

        List<Integer> statuses =
                AtOnce.run(16, caller -> correct(fact, 1, "As " + caller).statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        versions(fact).then().body("items.version", contains(2, 1));
        assertThat(events(customer.id(), 2)).hasSize(2);
    }

    @Test
    void the_same_key_corrects_once() {
        String fact = told(customer, "Four");
        String key = newId();
        Map<String, Object> five = Map.of("version", 1, "reason", "Misheard.", "value", "Five");

        Response first = correct(key, fact, five);
        Response again = correct(key, fact, five);

        again.then().statusCode(200).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        correct(newId(), fact, five)
                .then()
                .statusCode(409)
                .body("code", equalTo("not-the-newest-version"));
        correct(fact, 2, "Five").then().statusCode(409).body("code", equalTo("nothing-to-correct"));
    }

    @Test
    void a_fact_is_corrected_ten_times_and_no_more() {
        String fact = told(customer, "0");
        for (int i = 1; i <= 10; i++) {
            correct(fact, i, "" + i).then().statusCode(200);
        }

        correct(fact, 11, "11")
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-corrections"));
        read(fact).then().body("value", equalTo("10"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{'reason': 'R'; 'value': 'V'}                                     , /version",
                "{'version': 1; 'value': 'V'}                                      , /reason",
                "{'version': 1; 'reason': ' '; 'value': 'V'}                       , /reason",
                "{'version': 1; 'reason': 'R'}                                     , /value",
                "{'version': 1; 'reason': 'R'; 'value': 'V'; 'declined': true}     , /value",
                "{'version': 1; 'reason': 'R'; 'value': 'V'; 'key': 'size'}        , /key",
                "{'version': 1; 'reason': 'R'; 'value': 'V'; 'validUntil': '1999-01-01T00:00:00Z'}, /validUntil",
            })
    void what_is_wrong_is_told_at_its_place(String body, String pointer) {
        String fact = told(customer, "Four");

        correct(newId(), fact, body.replace('\'', '"').replace(';', ','))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer));
        read(fact).then().body("version", equalTo(1));
    }

    @Test
    void what_is_forgotten_is_gone_with_all_its_versions_and_those_before_it() throws SQLException {
        String mark = "MARK-" + newId();
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        String older = told(interaction(customer, at), KEY, "Three " + mark);
        String fact = told(interaction(customer, at.plusSeconds(1)), KEY, "Four " + mark);
        correct(fact, 1, "Five " + mark).then().statusCode(200);
        String newer = told(interaction(customer, at.plusSeconds(2)), KEY, "Six");
        String other = told(interaction(customer, at), "size", "42");

        Response forgotten = forget(fact);

        forgotten
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .body("$", not(hasKey("value")))
                .body("forgottenAt", notNullValue());
        assertThat(read(fact).asString()).isEqualTo(forgotten.asString());
        assertThat(forget(fact).asString()).isEqualTo(forgotten.asString());
        read(older).then().body("forgottenAt", notNullValue());
        versions(fact).then().body("items.value", contains((Object) null, null));
        // Answers that are kept for those who ask again outlast it, for a day.
        assertThat(Holdings.of(mark)).containsExactly("idempotency_key");
        assertThat(ids(customer.name())).containsExactly(newer, other);
        List<Message> events =
                events(customer.id(), 7).stream()
                        .filter(event -> type(event).equals("interaction.fact-forgotten.v1"))
                        .toList();
        assertThat(events).hasSize(2);
        Samples.assertSameShape(
                "interaction.fact-forgotten.v1", Objects.requireNonNull(events.getFirst().value()));
        correct(fact, 2, "Six").then().statusCode(409).body("code", equalTo("fact-forgotten"));
        forget(newId()).then().statusCode(404).body("code", equalTo("unknown-fact"));
    }

    /** The row of customer_sequence, and the primary key fact_is_forgotten_once. */
    @Test
    void of_many_who_forget_and_correct_it_nobody_leaves_anything() throws SQLException {
        String mark = "MARK-" + newId();
        String fact = told(customer, "Four " + mark);

        List<Integer> statuses =
                AtOnce.run(
                        12,
                        caller ->
                                caller % 3 == 0
                                        ? forget(fact).statusCode()
                                        : correct(fact, 1, caller + " " + mark).statusCode());

        assertThat(statuses).containsOnly(200, 409);
        read(fact).then().body("$", not(hasKey("value")));
        assertThat(Holdings.of(mark)).doesNotContain("fact_version_text");
        assertThat(
                        events(customer.id(), 2).stream()
                                .filter(
                                        event ->
                                                type(event)
                                                        .equals("interaction.fact-forgotten.v1")))
                .hasSize(1);
    }
}
