package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.events;
import static io.rapport.interaction.fact.FactsApi.ids;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.read;
import static io.rapport.interaction.fact.FactsApi.stated;
import static io.rapport.interaction.fact.FactsApi.tell;
import static io.rapport.interaction.fact.FactsApi.told;
import static io.rapport.interaction.fact.FactsApi.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Buffers;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What customers tell us is kept, with how and when we got to know it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FactTest {

    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @Test
    void what_was_told_in_an_interaction_is_read_as_it_was_told() {
        String interaction = interaction(customer);
        Response told = tell(interaction, stated(KEY, "Four MARKED"));

        told.then()
                .statusCode(201)
                .header("Rapport-Version", notNullValue())
                .header("Location", endsWith("/interactions/facts/" + told.path("id")))
                .body("version", equalTo(1))
                .body("customer", equalTo(customer.id().toString()))
                .body("interaction", equalTo(interaction))
                .body("key", equalTo(KEY))
                .body("topic", equalTo("household"))
                .body("kind", equalTo("CIRCUMSTANCE"))
                .body("learnt", equalTo("STATED"))
                .body("declined", equalTo(false))
                .body("value", equalTo("Four MARKED"))
                .body("toldAt", equalTo("2026-11-20T09:14:05.250Z"))
                .body("validUntil", equalTo("2028-11-20T09:14:05.250Z"))
                .body("teller", equalTo("STAFF"));
        Response read = read(told.path("id"));
        read.then().statusCode(200);
        assertThat(read.asString()).isEqualTo(told.asString());
        Message event = events(customer.id(), 1).getFirst();
        assertThat(type(event)).isEqualTo("interaction.fact-told.v1");
        assertThat(event.header("ce_time")).isEqualTo(told.path("toldAt"));
        String payload = Objects.requireNonNull(event.value());
        Samples.assertSameShape(type(event), payload);
        assertThat(payload).doesNotContain("MARKED");
    }

    @Test
    void who_would_not_tell_is_noted_as_such() {
        Map<String, @Nullable Object> declined = with(stated(KEY, ""), "value", null);

        tell(interaction(customer), with(declined, "declined", true))
                .then()
                .statusCode(201)
                .body("declined", equalTo(true))
                .body("$", not(hasKey("value")));
    }

    @Test
    void it_holds_as_long_as_whoever_tells_it_says() {
        String until = "2026-12-24T18:00:00Z";

        tell(interaction(customer), with(stated(KEY, "Six"), "validUntil", until))
                .then()
                .statusCode(201)
                .body("validUntil", equalTo(until));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "key,        shoe-colour,          /key",
                "key,        NULL,                 /key",
                "learnt,     GUESSED,              /learnt",
                "learnt,     NULL,                 /learnt",
                "value,      NULL,                 /value",
                "value,      ' ',                  /value",
                "validUntil, 2026-11-20T09:14:05.250Z, /validUntil",
                "validUntil, 2099-01-01T00:00:00Z, /validUntil",
                "validUntil, +1000000000-12-31T23:59:59Z, /validUntil",
                "topic,      household,            /topic",
            })
    void what_is_wrong_is_told_at_its_place_and_nothing_is_kept(
            String member, @Nullable String value, String pointer) {
        tell(interaction(customer), with(stated(KEY, "Four"), member, value))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer));
        assertThat(ids(customer.name())).isEmpty();
    }

    @Test
    void what_was_declined_has_no_value() {
        tell(interaction(customer), with(stated(KEY, "Four"), "declined", true))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/value"));
    }

    @Test
    void only_the_customer_can_decline() {
        Map<String, @Nullable Object> declined = with(stated(KEY, ""), "value", null);

        tell(interaction(customer), with(with(declined, "declined", true), "learnt", "INFERRED"))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/learnt"));
    }

    @Test
    void words_of_any_script_are_kept_to_the_last_character() {
        String longest = "\ud83d\udc4b".repeat(1_000);

        tell(interaction(customer), stated(KEY, longest))
                .then()
                .statusCode(201)
                .body("value", equalTo(longest));
        tell(interaction(customer), stated(KEY, longest + "!")).then().statusCode(400);
    }

    @Test
    void in_no_interaction_nothing_is_told() {
        tell(newId(), stated(KEY, "Four"))
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-interaction"));
        read(newId()).then().statusCode(404).body("code", equalTo("unknown-fact"));
    }

    @Test
    void the_same_request_again_is_one_fact() {
        String interaction = interaction(customer);
        String key = newId();
        Response first = tell(agent(), key, interaction, stated(KEY, "Four"));

        Response again = tell(agent(), key, interaction, stated(KEY, "Four"));

        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        tell(agent(), key, interaction, stated(KEY, "Five"))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        assertThat(ids(customer.name())).containsExactly(first.<String>path("id"));
    }

    /** The constraint fact_is_told_once_in_an_interaction decides. */
    @Test
    void of_many_who_tell_it_in_one_interaction_one_does() {
        String interaction = interaction(customer);

        List<Integer> statuses =
                AtOnce.run(
                        16, caller -> tell(interaction, stated(KEY, "As " + caller)).statusCode());

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        tell(interaction, stated(KEY, "Four"))
                .then()
                .statusCode(409)
                .body("code", equalTo("fact-told-already"));
        tell(interaction, stated("size", "42")).then().statusCode(201);
        assertThat(ids(customer.name())).hasSize(2);
        assertThat(events(customer.id(), 2)).hasSize(2);
    }

    @Test
    void a_list_shows_each_fact_once_told_last_first_and_filters_by_key_and_topic() {
        List<String> told = new ArrayList<>();
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        for (int i = 0; i < 5; i++) {
            // Two of them at the same time.
            told.addFirst(
                    told(interaction(customer, at.plusSeconds(i / 2)), KEY, "As many as " + i));
        }
        String size = told(interaction(customer, at.minusSeconds(1)), "size", "42");
        told.addLast(size);

        assertThat(ids(customer.name())).containsExactlyElementsOf(told);
        assertThat(filtered("key", "size")).containsExactly(size);
        assertThat(filtered("topic", "product")).containsExactly(size);
        assertThat(filtered("topic", "household")).hasSize(5);
        assertThat(ids(newCustomer().name())).isEmpty();
        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = agent().queryParam("limit", 2);
            Response page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/interactions/customers/{c}/facts", customer.name());
            read.addAll(page.path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(read).containsExactlyElementsOf(told);
    }

    @Test
    void a_cursor_of_other_filters_or_of_somebody_else_and_a_key_that_can_be_none_are_refused() {
        told(customer, "Four");
        told(customer, "Five");
        String path = "/interactions/customers/{customer}/facts";
        String next = agent().queryParam("limit", 1).get(path, customer.name()).path("next");

        agent().queryParam("after", next)
                .queryParam("key", KEY)
                .get(path, customer.name())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        agent().queryParam("after", next)
                .get(path, newCustomer().name())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        agent().queryParam("key", "No key").get(path, customer.name()).then().statusCode(400);
        agent().get(path, newId()).then().statusCode(404);
    }

    /** Of each key one look into the index, however often something was told under it. */
    @Test
    void what_is_known_is_found_without_reading_what_was_told_before() throws SQLException {
        told(customer, "Four");
        try (Connection connection = Databases.asOwner().connect()) {
            connection.createStatement().execute("SET enable_seqscan = off");
            String known =
                    FactRows.LAST_TOLD
                            .replace(
                                    ":customers",
                                    "CAST(ARRAY['%s'] AS uuid[])".formatted(customer.id()))
                            .replace(":until", "now()")
                            .replace(":except", "'%s'".formatted(newId()));
            long few = Buffers.touchedBy(connection, known);
            Databases.asOwner()
                    .execute(
                            """
                            WITH happened AS (
                                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign,
                                                         channel, direction, source, source_id)
                                SELECT ?, gen_random_uuid(), now() - n * interval '1 second', now(), 'CALL', 0, 'PHONE',
                                       'INBOUND', 'shop', CAST(n AS text) FROM generate_series(1, 3000) AS n
                                RETURNING customer_id, id, occurred_at),
                            told AS (
                                INSERT INTO fact (customer_id, id, interaction_id, key, told_at, recorded_at)
                                SELECT customer_id, id, id, ?, occurred_at, now() FROM happened RETURNING customer_id, id)
                            INSERT INTO fact_version (customer_id, fact_id, version, learnt, declined, valid_until, recorded_at, teller)
                            SELECT customer_id, id, 1, 'STATED', false, now(), now(), 'STAFF' FROM told""",
                            customer.id(),
                            KEY);

            assertThat(Buffers.touchedBy(connection, known)).isLessThan(2 * few);
        }
    }

    private List<String> filtered(String filter, String value) {
        return agent().queryParam(filter, value)
                .get("/interactions/customers/{c}/facts", customer.name())
                .path("items.id");
    }
}
