package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.give;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
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
class OwnFeedbackExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String PATH = "/me/feedback/export";

    private final Surroundings surroundings = new Surroundings();
    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        surroundings.close();
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        UUID mine = customer();
        UUID theirs = customer();
        given(mine, "Friendly people.", "2026-11-20T10:00:00Z");
        given(mine, "Slow.", "2026-11-19T10:00:00Z");
        given(theirs, "Somebody else's.", "2026-11-20T10:00:00Z");
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
                .body("feedback.text", contains("Friendly people.", "Slow."));
        export(they)
                .then()
                .statusCode(200)
                .body("customer", equalTo(theirs.toString()))
                .body("feedback.text", contains("Somebody else's."));
        String next = as(me).queryParam("limit", 1).get(PATH).path("next");
        as(me).queryParam("after", next)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("feedback.text", contains("Slow."));
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
            Surroundings.as(token).get(PATH).then().statusCode(403);
        }
    }

    private static void given(UUID customer, String text, String occurredAt) {
        give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 9, \"text\": \"%s\", \"occurredAt\": \"%s\"}"
                        .formatted(customer, text, occurredAt))
                .statusCode(201);
    }

    private UUID customer() {
        return surroundings.customer();
    }

    private static RequestSpecification as(String subject) {
        return Surroundings.as(Tokens.customer(subject));
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
