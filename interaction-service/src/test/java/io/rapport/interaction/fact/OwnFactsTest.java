package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.SOON;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.read;
import static io.rapport.interaction.fact.FactsApi.told;
import static io.rapport.interaction.fact.FactsApi.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What we know of a customer, for the customer, who puts it right or has it forgotten. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnFactsTest {

    private static final String PATH = "/me/interactions/facts";

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        Customer mine = newCustomer();
        Customer theirs = newCustomer();
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        String first = told(interaction(mine, at), KEY, "Four");
        String second = told(interaction(mine, at.plusSeconds(1)), "size", "42");
        String other = told(theirs, "Two");
        String me = link(mine);
        String they = link(theirs);

        own(me).get(PATH)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("items.id", contains(second, first))
                .body("items.value", contains("42", "Four"));
        own(they).get(PATH).then().body("items.id", contains(other));
        own(link(newCustomer())).get(PATH).then().statusCode(200).body("items", empty());
        String next = own(me).queryParam("limit", 1).get(PATH).path("next");
        own(me).queryParam("after", next).get(PATH).then().body("items.id", contains(first));
        own(they)
                .queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        // Nor by any other way: what staff may is not theirs.
        own(me).get("/interactions/facts/{f}", first).then().statusCode(403);
    }

    @Test
    void customers_put_right_what_is_known_of_them_and_staff_read_it_so() {
        Customer mine = newCustomer();
        String fact = told(mine, "Four");
        String me = link(mine);
        String key = newId();

        Response corrected = correct(me, key, fact, Map.of("version", 1, "value", "Five"));

        corrected
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("teller", equalTo("CUSTOMER"))
                .body("learnt", equalTo("STATED"));
        correct(me, key, fact, Map.of("version", 1, "value", "Five"))
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"));
        assertThat(read(fact).asString()).isEqualTo(corrected.asString());
        versions(fact).then().body("items.value", contains("Five", "Four"));
        correct(me, newId(), fact, Map.of("version", 2, "declined", true))
                .then()
                .statusCode(200)
                .body("declined", equalTo(true))
                .body("$", not(hasKey("value")));
        correct(me, newId(), fact, Map.of("version", 3, "value", " "))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/value"));
        correct(me, newId(), fact, Map.of("value", "Six")).then().statusCode(400);
    }

    @Test
    void customers_have_it_forgotten() {
        Customer mine = newCustomer();
        String fact = told(mine, "Four");
        String me = link(mine);

        own(me).post(PATH + "/{fact}/forget", fact)
                .then()
                .statusCode(200)
                .body("forgottenAt", notNullValue())
                .body("$", not(hasKey("value")));

        own(me).get(PATH).then().body("items", empty());
        read(fact).then().body("$", not(hasKey("value")));
    }

    @Test
    void what_is_another_persons_is_as_if_it_were_not_there() {
        Customer theirs = newCustomer();
        String fact = told(theirs, "Two");
        String me = link(newCustomer());
        Map<String, Object> three = Map.of("version", 1, "value", "Three");

        for (String one : List.of(fact, newId())) {
            correct(me, newId(), one, three)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-fact"));
            // Also where what is said could never be: nothing is learnt from it.
            correct(me, newId(), one, Map.of()).then().statusCode(404);
            own(me).post(PATH + "/{fact}/forget", one)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-fact"));
        }
        read(fact).then().body("version", equalTo(1)).body("value", equalTo("Two"));
    }

    @Test
    void who_was_merged_puts_right_what_any_of_them_told() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        String fact = told(member, "Four");
        String me = link(survivor);
        events.sendMerge(member.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> own(me).get(PATH).<List<?>>path("items").size() == 1);

        correct(me, newId(), fact, Map.of("version", 1, "value", "Five"))
                .then()
                .statusCode(200)
                .body("customer", equalTo(member.id().toString()));
    }

    @Test
    void a_login_that_is_nobodys_or_of_one_who_was_erased_reads_nothing() {
        Customer customer = newCustomer();
        String fact = told(customer, "Four");
        String me = link(customer);
        events.sendErasure(customer.id(), 2);

        await().atMost(SOON).until(() -> own(me).get(PATH).statusCode() == 404);
        own(Ids.next().toString())
                .get(PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("login-not-linked"));
        correct(me, newId(), fact, Map.of("version", 1, "value", "Five")).then().statusCode(404);
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        for (String token :
                List.of(Tokens.agent(), Tokens.manager(), Tokens.admin(), Tokens.partner("shop"))) {
            as(token).get(PATH).then().statusCode(403);
        }
    }

    private static Response correct(String me, String key, String fact, Object correction) {
        return own(me).header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(correction)
                .post(PATH + "/{fact}/corrections", fact);
    }

    /** Answers a subject whose login is the customer's, as the service knows by now. */
    private String link(Customer customer) {
        String subject = Ids.next().toString();
        events.sendLogin(customer.id(), 2, subject);
        await().atMost(SOON).until(() -> own(subject).get(PATH).statusCode() == 200);
        return subject;
    }

    private static RequestSpecification own(String subject) {
        return as(Tokens.customer(subject));
    }
}
