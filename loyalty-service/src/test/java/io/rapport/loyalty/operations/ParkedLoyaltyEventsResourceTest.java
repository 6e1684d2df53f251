package io.rapport.loyalty.operations;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ParkedLoyaltyEventsResourceTest {

    private static final String PATH = "/loyalty/parked-events";
    private static final String REASON = "{\"reason\": \"OPS-4711\"}";

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private Surroundings surroundings;
    private UUID customer;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
        customer = surroundings.customer();
    }

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void admins_alone_see_retry_and_discard_parked_events() {
        for (String token :
                List.of(
                        Tokens.agent(),
                        Tokens.manager(),
                        Tokens.partner("shop"),
                        Tokens.customer("ada"))) {
            assertThat(statuses(() -> as(token))).containsOnly(403);
        }
        assertThat(statuses(ParkedLoyaltyEventsResourceTest::nobody)).containsOnly(401);
        assertThat(statuses(ParkedLoyaltyEventsResourceTest::admin))
                .containsExactly(200, 404, 404, 404);
    }

    @Test
    void they_are_listed_in_pages_without_what_they_say() {
        poison(1);
        surroundings.purchase(customer, 2, "10.00");
        surroundings.purchase(customer, 3, "20.00");
        List<String> ids = awaitParked(3);

        Response first = admin().get(PATH + "?limit=2&consumer=earning&customer=" + customer);
        first.then()
                .statusCode(200)
                .body("items.id", equalTo(ids.subList(0, 2)))
                .body("items[0].cause", equalTo("event-unreadable"))
                .body("items[1].cause", equalTo("behind-a-parked-event"))
                .body("items[0].customer", equalTo(customer.toString()))
                .body("items[0]", not(hasKey("payload")));
        String next = first.path("next");
        admin().queryParam("after", next)
                .get(PATH + "?limit=2&consumer=earning&customer=shop:" + customer)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(ids.subList(2, 3)))
                .body("next", nullValue());
        admin().queryParam("after", next)
                .get(PATH + "?limit=2&consumer=directory&customer=" + customer)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        admin().get(PATH + "?consumer=directory&customer=" + customer)
                .then()
                .body("items", empty());
    }

    @Test
    void one_is_shown_with_its_headers_and_its_payload() {
        poison(1);
        String id = awaitParked(1).getFirst();

        admin().get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("event.id", equalTo(id))
                .body("event.consumer", equalTo("earning"))
                .body("headers.ce_customersequence", equalTo("1"))
                .body("payload", equalTo("not JSON"));
    }

    @Test
    void a_snapshot_is_shown_without_what_is_personal_and_dropped_when_a_newer_one_was_applied() {
        snapshot(2, "{\"identities\": \"Ada\"}");
        String id = awaitParked(1).getFirst();
        admin().get(PATH + "/" + id)
                .then()
                .body("headers.ce_version", equalTo("2"))
                .body("$", not(hasKey("payload")));

        snapshot(
                3,
                "{\"identities\": [{\"source\": \"card\", \"externalId\": \"%s\"}]}"
                        .formatted(customer));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> admin().get("/loyalty/accounts/card:" + customer).statusCode() == 200);
        post(id, "retry", "").then().statusCode(200).body("applied", equalTo(0));
        assertThat(awaitParked(0)).isEmpty();
    }

    @Test
    void what_is_refused_again_or_comes_later_is_a_conflict() {
        poison(1);
        surroundings.purchase(customer, 2, "10.00");
        List<String> ids = awaitParked(2);

        problem(post(ids.getFirst(), "retry", ""), 409, "still-refused")
                .then()
                .body("detail", containsString("event-unreadable"));
        for (Response behind :
                List.of(post(ids.getLast(), "retry", ""), post(ids.getLast(), "discard", REASON))) {
            problem(behind, 409, "behind-another")
                    .then()
                    .body("detail", containsString(ids.getFirst()));
        }
        assertThat(awaitParked(2)).isEqualTo(ids);
    }

    @Test
    void once_one_is_discarded_the_purchases_behind_it_earn_their_points() {
        poison(1);
        surroundings.purchase(customer, 2, "10.00");
        surroundings.purchase(customer, 3, "20.00");
        String id = awaitParked(3).getFirst();

        post(id, "discard", REASON)
                .then()
                .statusCode(200)
                .body("applied", equalTo(2))
                .body("$", not(hasKey("next")));
        awaitBalance(customer, 30);
        problem(post(id, "discard", REASON), 404, "unknown-parked-event");
        surroundings.purchase(customer, 4, "5.00");
        awaitBalance(customer, 35);
    }

    @Test
    void once_a_forged_one_is_discarded_the_purchase_of_its_number_earns_its_points() {
        poison(1);
        surroundings.purchase(customer, 1, "10.00");
        String id = awaitParked(2).getFirst();

        post(id, "discard", "{\"reason\": \"OPS-4711\", \"forged\": true}")
                .then()
                .statusCode(200)
                .body("applied", equalTo(1));
        awaitBalance(customer, 10);
    }

    @Test
    void what_admins_give_up_is_counted_and_nothing_else() {
        poison(1);
        surroundings.purchase(customer, 1, "10.00");
        poison(2);
        poison(3);
        List<String> ids = awaitParked(4);
        double before = discarded();

        post(ids.getLast(), "discard", REASON).then().statusCode(409);
        post(ids.getFirst(), "retry", "").then().statusCode(409);
        assertThat(discarded()).isEqualTo(before);
        post(ids.getFirst(), "discard", "{\"reason\": \"OPS-4711\", \"forged\": true}")
                .then()
                .statusCode(200)
                .body("applied", equalTo(1))
                .body("next.id", equalTo(ids.get(2)));
        assertThat(discarded()).isEqualTo(before + 1);
        post(ids.get(2), "discard", REASON).then().statusCode(200);
        post(ids.get(2), "discard", REASON).then().statusCode(404);
        assertThat(discarded()).isEqualTo(before + 2);
        assertThat(awaitParked(1)).containsExactly(ids.getLast());
    }

    /** As the metrics tell it of this consumer; absent before the first. */
    private double discarded() {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(
                        line ->
                                line.startsWith(
                                        "rapport_events_discarded_total{consumer=\"earning\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void what_still_holds_back_is_told_with_the_answer() {
        poison(1);
        poison(2);
        List<String> ids = awaitParked(2);

        post(ids.getFirst(), "discard", REASON)
                .then()
                .statusCode(200)
                .body("applied", equalTo(0))
                .body("next.id", equalTo(ids.getLast()))
                .body("next.cause", equalTo("event-unreadable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\": null}",
                "{\"reason\": \"\"}",
                "{\"reason\": \"two\\nlines\"}",
                "{\"reason\": \"Ada Lovelace asked for it\"}",
                "{\"reason\": \"a234567890123456789012345678901234567890123456789012345678901234x\"}",
                "{\"reason\": \"OPS-1\", \"force\": true}",
                "{\"reason\": \"OPS-1\", \"forged\": \"perhaps\"}",
            })
    void a_reason_that_does_not_belong_into_a_log_is_refused_and_nothing_is_discarded(String body) {
        poison(1);
        List<String> ids = awaitParked(1);

        post(ids.getFirst(), "discard", body).then().statusCode(400);
        assertThat(awaitParked(1)).isEqualTo(ids);
    }

    private static List<Integer> statuses(Supplier<RequestSpecification> caller) {
        String one = PATH + "/" + Ids.next();
        return List.of(
                caller.get().get(PATH).statusCode(),
                caller.get().get(one).statusCode(),
                caller.get().post(one + "/retry").statusCode(),
                caller.get().body(REASON).post(one + "/discard").statusCode());
    }

    private void poison(long sequence) {
        surroundings
                .events()
                .send(
                        Topic.INTERACTIONS,
                        customer,
                        sequence,
                        "interaction.recorded.v1",
                        "not JSON");
    }

    private void snapshot(long version, String json) {
        surroundings
                .events()
                .send(Topic.PROFILES, customer, version, Events.snapshotType(Topic.PROFILES), json);
    }

    /** Waits until so many events of the customer are parked, and answers their ids. */
    private List<String> awaitParked(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> parked().size() == count);
        return parked();
    }

    private List<String> parked() {
        return admin().get(PATH + "?customer=" + customer).path("items.id");
    }

    private static Response post(String id, String verb, String body) {
        return admin().body(body).post(PATH + "/" + id + "/" + verb);
    }

    private static Response problem(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
        return answer;
    }

    private static RequestSpecification admin() {
        return as(Tokens.admin());
    }

    private static RequestSpecification as(String token) {
        return nobody().auth().oauth2(token);
    }

    private static RequestSpecification nobody() {
        return given().contentType("application/json");
    }
}
