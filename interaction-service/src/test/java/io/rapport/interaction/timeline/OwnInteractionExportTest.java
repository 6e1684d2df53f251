package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for the customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnInteractionExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String PATH = "/me/interactions/export";

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        UUID mine = customer();
        UUID theirs = customer();
        recorded(mine, "Two lanterns.", "2026-11-20T10:00:00Z");
        recorded(mine, "A kettle.", "2026-11-19T10:00:00Z");
        recorded(theirs, "A third thing.", "2026-11-20T10:00:00Z");
        String me = linked(mine);
        String they = linked(theirs);

        export(me)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(mine.toString()))
                .body("members", contains(mine.toString()))
                .body("identities.source", contains("login"))
                .body("interactions.text", contains("Two lanterns.", "A kettle."));
        export(they)
                .then()
                .statusCode(200)
                .body("customer", equalTo(theirs.toString()))
                .body("interactions.text", contains("A third thing."));
        String next = as(me).queryParam("limit", 1).get(PATH).path("next");
        as(me).queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("interactions.text", contains("A kettle."));
        as(they).queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @Test
    void the_login_of_one_who_was_merged_reads_what_is_held_of_all() {
        UUID survivor = customer();
        UUID member = customer();
        String me = linked(member);
        events.send(
                Topic.CUSTOMERS,
                member,
                2,
                "customer.merged.v1",
                "{\"survivor\": \"%s\", \"merge\": \"%s\"}".formatted(survivor, Ids.next()));
        await().atMost(SOON).until(() -> export(me).<List<?>>path("members").size() == 2);

        export(me)
                .then()
                .body("customer", equalTo(survivor.toString()))
                .body("members", containsInAnyOrder(survivor.toString(), member.toString()));
    }

    @Test
    void a_login_that_is_nobodys_and_that_of_one_who_was_erased_read_nothing() {
        UUID customer = customer();
        String me = linked(customer);
        events.sendErasure(customer, 2);
        await().atMost(SOON).until(() -> export(me).statusCode() == 404);

        for (String subject : List.of(me, Ids.next().toString())) {
            export(subject).then().statusCode(404).body("code", equalTo("login-not-linked"));
        }
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        for (String token :
                List.of(Tokens.agent(), Tokens.manager(), Tokens.admin(), Tokens.partner("shop"))) {
            InteractionsApi.as(token).get(PATH).then().statusCode(403);
        }
    }

    private static void recorded(UUID customer, String text, String occurredAt) {
        Customer named = new Customer(customer, "");
        post(with(
                        with(with(purchase(named), "customer", customer.toString()), "text", text),
                        "occurredAt",
                        occurredAt))
                .then()
                .statusCode(201);
    }

    private static UUID customer() {
        return newCustomer().id();
    }

    private static RequestSpecification as(String subject) {
        return InteractionsApi.as(Tokens.customer(subject));
    }

    /** Answers a subject whose login is the customer's. */
    private String linked(UUID customer) {
        String subject = Ids.next().toString();
        events.sendLogin(customer, 2, subject);
        await().atMost(SOON).until(() -> export(subject).statusCode() == 200);
        return subject;
    }

    private static Response export(String subject) {
        return as(subject).get(PATH);
    }
}
