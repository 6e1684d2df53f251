package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was promised to a customer, for the customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnPromisesTest {

    private static final String PATH = "/me/interactions/promises";

    @Inject Clock clock;

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        Customer mine = newCustomer();
        Customer theirs = newCustomer();
        Customer nothing = newCustomer();
        Instant due = clock.instant().plus(Duration.ofDays(1));
        String first = promised(mine, due);
        String second = promised(mine, due.plusSeconds(1));
        String other = promised(theirs, due);
        settle(first, "KEPT").then().statusCode(200);
        String me = link(mine);
        String they = link(theirs);

        own(me).get(PATH)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("items.id", contains(second, first))
                .body("items[1].text", equalTo("We call back."));
        own(me).queryParam("state", "OPEN").get(PATH).then().body("items.id", contains(second));
        own(they).get(PATH).then().body("items.id", contains(other));
        own(link(nothing)).get(PATH).then().statusCode(200).body("items", empty());
        String next = own(me).queryParam("limit", 1).get(PATH).path("next");
        own(me).queryParam("after", next).get(PATH).then().body("items.id", contains(first));
        own(they)
                .queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        // Nor by any other way: what staff and partners may is not theirs.
        own(me).get("/interactions/promises/{p}", second).then().statusCode(403);
    }

    @Test
    void a_login_that_is_nobodys_or_of_one_who_was_erased_reads_nothing() {
        Customer customer = newCustomer();
        promised(customer, clock.instant().plus(Duration.ofDays(1)));
        String me = link(customer);
        events.sendErasure(customer.id(), 2);

        await().atMost(SOON).until(() -> own(me).get(PATH).statusCode() == 404);
        own(Ids.next().toString())
                .get(PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("login-not-linked"));
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        for (String token :
                List.of(Tokens.agent(), Tokens.manager(), Tokens.admin(), Tokens.partner("shop"))) {
            as(token).get(PATH).then().statusCode(403);
        }
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
