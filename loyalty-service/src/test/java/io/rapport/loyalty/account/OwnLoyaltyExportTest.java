package io.rapport.loyalty.account;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.Ids;
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
class OwnLoyaltyExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String PATH = "/me/loyalty/export";

    private final Surroundings surroundings = new Surroundings();

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        UUID mine = customer();
        UUID theirs = customer();
        surroundings.purchase(mine, 1, "10.00");
        surroundings.purchase(mine, 2, "25.00");
        surroundings.purchase(theirs, 1, "7.00");
        awaitBalance(mine, 35);
        awaitBalance(theirs, 7);
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
                .body("entries.points", contains(25, 10));
        export(they)
                .then()
                .statusCode(200)
                .body("customer", equalTo(theirs.toString()))
                .body("entries.points", contains(7));
        String next = as(me).queryParam("limit", 1).get(PATH).path("next");
        as(me).queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("entries.points", contains(10));
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
        surroundings.merge(member, survivor);
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
        surroundings.events().sendErasure(customer, 2);
        await().atMost(SOON).until(() -> export(me).statusCode() == 404);

        for (String subject : List.of(me, Ids.next().toString())) {
            export(subject).then().statusCode(404).body("code", equalTo("login-not-linked"));
        }
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        for (String token :
                List.of(Tokens.agent(), Tokens.manager(), Tokens.admin(), Tokens.partner("shop"))) {
            given().auth().oauth2(token).get(PATH).then().statusCode(403);
        }
    }

    private UUID customer() {
        return surroundings.customer();
    }

    private static RequestSpecification as(String subject) {
        return given().auth().oauth2(Tokens.customer(subject));
    }

    /** Answers a subject whose login is the customer's. */
    private String linked(UUID customer) {
        String subject = Ids.next().toString();
        surroundings.events().sendLogin(customer, 2, subject);
        await().atMost(SOON).until(() -> export(subject).statusCode() == 200);
        return subject;
    }

    private static Response export(String subject) {
        return as(subject).get(PATH);
    }
}
