package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.held;
import static io.rapport.customer.erasure.ErasureApi.hold;
import static io.rapport.customer.erasure.ErasureApi.holds;
import static io.rapport.customer.erasure.ErasureApi.manager;
import static io.rapport.customer.erasure.ErasureApi.preview;
import static io.rapport.customer.erasure.ErasureApi.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer under a legal hold is not erased before it is released. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LegalHoldTest {

    @Test
    void an_erasure_is_refused_until_all_holds_are_released() {
        UUID customer = registered("{}");
        String one = held(customer, "Invoices are kept");
        String two = held(customer, "A claim is open");

        for (Response refused : List.of(erase(customer), preview(customer))) {
            refused.then()
                    .statusCode(409)
                    .body("code", equalTo("under-legal-hold"))
                    .body("legalHolds", equalTo(List.of(one, two)));
        }
        release(customer, one, "Ten years are over")
                .then()
                .statusCode(200)
                .body("releasedBy", equalTo("manager-3"))
                .body("releaseReason", equalTo("Ten years are over"));
        erase(customer).then().statusCode(409).body("legalHolds", equalTo(List.of(two)));
        release(customer, two, "Settled").then().statusCode(200);
        erase(customer).then().statusCode(202);
    }

    @Test
    void a_hold_tells_who_placed_it_when_and_why() {
        UUID customer = registered("{}");
        String placed = held(customer, "Invoices are kept");

        holds(customer)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(placed))
                .body("items[0].customer", equalTo(customer.toString()))
                .body("items[0].reason", equalTo("Invoices are kept"))
                .body("items[0].placedBy", equalTo("manager-3"))
                .body("items[0].placedAt", notNullValue())
                .body("items[0]", not(hasKey("releasedAt")));
        Response released = release(customer, placed, "Over");
        release(customer, placed, "Again")
                .then()
                .statusCode(200)
                .body("releasedAt", equalTo(released.path("releasedAt")))
                .body("releaseReason", equalTo("Over"));
        release(customer, UUID.randomUUID(), "None")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-legal-hold"));
        release(registered("{}"), placed, "Of another").then().statusCode(404);
    }

    @Test
    void a_hold_stays_with_whom_it_was_placed_on_and_holds_all_who_are_merged() {
        UUID survivor = registered("{}");
        UUID member = registered("{}");
        merge(survivor, member).then().statusCode(200);
        String placed = held(member, "A claim is open");

        for (UUID one : List.of(survivor, member)) {
            erase(one).then().statusCode(409).body("legalHolds", equalTo(List.of(placed)));
            holds(one).then().body("items.customer", equalTo(List.of(member.toString())));
        }
        unmerge(member).then().statusCode(200);
        holds(survivor).then().body("items", hasSize(0));
        erase(member).then().statusCode(409);
        erase(survivor).then().statusCode(202);
        get(member).then().statusCode(200);
    }

    @Test
    void the_same_key_places_one_hold() {
        UUID customer = registered("{}");
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            manager()
                    .header("Idempotency-Key", key)
                    .contentType(ContentType.JSON)
                    .body("{\"reason\": \"Once\"}")
                    .post("/customers/{customer}/legal-holds", customer)
                    .then()
                    .statusCode(201);
        }
        holds(customer).then().body("items", hasSize(1));
    }

    @Test
    void holds_are_listed_page_by_page() {
        UUID customer = registered("{}");
        List<String> placed =
                List.of(held(customer, "one"), held(customer, "two"), held(customer, "three"));

        Response first = manager().get("/customers/{c}/legal-holds?limit=2", customer);
        Response second =
                manager()
                        .get(
                                "/customers/{c}/legal-holds?limit=2&after={after}",
                                customer,
                                first.path("next"));

        assertThat(first.<List<String>>path("items.id")).isEqualTo(placed.subList(0, 2));
        assertThat(second.<List<String>>path("items.id")).isEqualTo(placed.subList(2, 3));
        second.then().body("next", equalTo(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\\nlines"})
    void a_reason_is_a_line_of_text(String reason) {
        hold(registered("{}"), reason).then().statusCode(400);
    }

    @Test
    void agents_neither_place_nor_see_holds() {
        UUID customer = registered("{}");
        agent().get("/customers/{customer}/legal-holds", customer).then().statusCode(403);
        agent().contentType(ContentType.JSON)
                .body("{\"reason\": \"x\"}")
                .post("/customers/{customer}/legal-holds", customer)
                .then()
                .statusCode(403);
    }

    /** The lock of the customer's row. */
    @RepeatedTest(3)
    void a_hold_comes_before_an_erasure_or_finds_nobody() {
        UUID customer = registered("{}");

        List<Response> answers =
                AtOnce.run(2, n -> n == 0 ? hold(customer, "A claim") : erase(customer));

        int placed = answers.get(0).statusCode();
        int erased = answers.get(1).statusCode();
        assertThat(List.of(placed, erased)).isIn(List.of(201, 409), List.of(410, 202));
        get(customer).then().statusCode(placed == 201 ? 200 : 410);
    }
}
