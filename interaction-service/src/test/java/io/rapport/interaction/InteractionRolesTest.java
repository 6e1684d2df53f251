package io.rapport.interaction;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Staff record and read, admins read, partners tell of their own sources and find again what they
 * told.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class InteractionRolesTest {

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 200, 200, 403",
        "manager,  201, 200, 200, 200, 403",
        "admin,    403, 403, 200, 200, 200",
        "partner,  201, 200, 200, 403, 403",
        "customer, 403, 403, 403, 403, 403",
        "nobody,   403, 403, 403, 403, 403",
    })
    void each_role_does_what_is_its_own(
            String role, int post, int batch, int get, int list, int parked) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();
        Customer customer = newCustomer();
        String id = post(purchase(customer)).path("id");

        assertThat(
                        List.of(
                                post(as(token), purchase(customer)).statusCode(),
                                InteractionsApi.batch(as(token), "{}").statusCode(),
                                as(token).get("/interactions/{id}", id).statusCode(),
                                as(token)
                                        .queryParam("customer", customer.name())
                                        .get("/interactions")
                                        .statusCode(),
                                as(token).get("/interactions/parked-events").statusCode()))
                .containsExactly(post, batch, get, list, parked);
    }

    @Test
    void a_partner_tells_of_its_own_sources_only() {
        Customer customer = newCustomer();

        post(as(Tokens.partner("till", "shop")), purchase(customer)).then().statusCode(201);
        post(as(Tokens.partner("till")), purchase(customer))
                .then()
                .statusCode(403)
                .body("code", equalTo("source-not-yours"));
        post(as(Tokens.builder().roles("partner").sign()), purchase(customer))
                .then()
                .statusCode(403);
        list(customer.name()).then().body("items.size()", equalTo(1));
    }

    @Test
    void a_partner_cannot_find_out_whom_another_source_knows() {
        Customer customer = newCustomer();
        Customer nobody = new Customer(customer.id(), newId());
        String till = Tokens.partner("till");

        Response known = post(as(till), with(purchase(customer), "source", "till"));
        Response unknown = post(as(till), with(purchase(nobody), "source", "till"));

        known.then().statusCode(404).body("code", equalTo("unknown-customer"));
        assertThat(known.<String>path("detail")).isEqualTo(unknown.path("detail"));
        post(as(till), with(with(purchase(customer), "source", "till"), "customer", customer.id()))
                .then()
                .statusCode(201);
    }

    @Test
    void a_partner_reads_what_it_told_and_nothing_of_others_not_even_that_it_is_there() {
        Customer customer = newCustomer();
        String ofShop = post(purchase(customer)).path("id");
        String ofTill = post(with(purchase(customer), "source", "till")).path("id");
        String till = Tokens.partner("till");

        as(till).get("/interactions/{id}", ofTill)
                .then()
                .statusCode(200)
                .body("source", equalTo("till"));
        Response foreign = as(till).get("/interactions/{id}", ofShop);
        Response none = as(till).get("/interactions/{id}", newId());

        foreign.then().statusCode(404).body("code", equalTo("unknown-interaction"));
        assertThat(foreign.<String>path("detail")).isEqualTo(none.path("detail"));
        assertThat(foreign.headers().hasHeaderWithName("Rapport-Version")).isFalse();
    }

    @Test
    void an_agent_who_is_a_partner_too_is_an_agent() {
        Customer customer = newCustomer();
        String both = Tokens.builder().roles("partner", "agent").sources("till").sign();

        post(as(both), purchase(customer)).then().statusCode(201);
    }

    static List<String> badTokens() {
        Tokens.Builder agent = Tokens.builder().roles("agent");
        return List.of(
                "garbage",
                Tokens.builder().roles("agent").expired().sign(),
                agent.unsigned(),
                agent.signByStranger(),
                agent.signWithPublicKeyAsSecret(),
                Tokens.builder().roles("agent").audience("another-api").sign(),
                Tokens.builder().roles("agent").issuer("https://elsewhere.example").sign());
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void a_token_that_is_not_ours_is_refused_and_nothing_is_written(String token) {
        Customer customer = newCustomer();

        unauthorized(post(as(token), purchase(customer)));
        unauthorized(InteractionsApi.batch(as(token), "{}"));
        unauthorized(as(token).get("/interactions/" + newId()));
        unauthorized(as(token).queryParam("customer", customer.name()).get("/interactions"));

        list(customer.name()).then().body("items.size()", equalTo(0));
    }

    @Test
    void without_a_token_nothing_is_told() {
        unauthorized(given().get("/interactions/" + newId()));
        unauthorized(given().queryParam("customer", "shop:1").get("/interactions"));
    }

    @Test
    void what_nobody_may_do_is_not_there() {
        Customer customer = newCustomer();
        String id = post(purchase(customer)).path("id");

        agent().delete("/interactions/{id}", id).then().statusCode(405);
        agent().contentType("application/json")
                .body("{}")
                .put("/interactions/{id}", id)
                .then()
                .statusCode(405);
        get(id).then().statusCode(200);
    }

    private static void unauthorized(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .contentType("application/problem+json")
                .body("status", equalTo(401));
    }
}
