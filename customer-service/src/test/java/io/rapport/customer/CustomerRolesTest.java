package io.rapport.customer;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Staff read and write, admins read, partners reach the identities of their own sources, customers
 * nothing of what staff reach.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerRolesTest {

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 200, 200, 200, 200, 201, 403",
        "manager,  201, 200, 200, 200, 200, 200, 201, 403",
        "admin,    403, 200, 403, 200, 200, 200, 403, 200",
        "partner,  403, 403, 403, 403, 403, 200, 201, 403",
        "customer, 403, 403, 403, 403, 403, 403, 403, 403",
        "nobody,   403, 403, 403, 403, 403, 403, 403, 403",
    })
    void each_role_does_what_is_its_own(
            String role,
            int post,
            int get,
            int patch,
            int list,
            int context,
            int getBy,
            int putBy,
            int parked) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();
        String externalId = newExternalId();
        String id = put("shop", externalId, "{}").path("id");

        assertThat(
                        List.of(
                                register(as(token), UUID.randomUUID().toString(), "{}")
                                        .statusCode(),
                                as(token).get("/customers/" + id).statusCode(),
                                patchAs(token, id).statusCode(),
                                as(token).get("/customers").statusCode(),
                                as(token).get("/customers/{id}/context", id).statusCode(),
                                getBy(as(token), "shop", externalId).statusCode(),
                                put(as(token), "shop", newExternalId(), "{}").statusCode(),
                                as(token).get("/relationships/parked-events").statusCode()))
                .containsExactly(post, get, patch, list, context, getBy, putBy, parked);
    }

    private static Response patchAs(String token, String id) {
        return as(token)
                .header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body("{\"givenName\": \"Ada\"}")
                .patch("/customers/" + id);
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
    void a_token_that_is_not_ours_is_refused_and_nothing_is_written(String token) throws Exception {
        UUID customer = registered("{}");
        long before = Databases.asOwner().number("SELECT count(*) FROM customer");

        unauthorized(as(token).get("/customers/" + customer));
        unauthorized(register(as(token), UUID.randomUUID().toString(), "{}"));
        unauthorized(put(as(token), "shop", newExternalId(), "{}"));

        assertThat(Databases.asOwner().number("SELECT count(*) FROM customer")).isEqualTo(before);
    }

    @Test
    void without_a_token_nothing_is_told() {
        unauthorized(given().get("/customers/" + registered("{}")));
        unauthorized(given().get("/customers"));
    }

    private static void unauthorized(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .contentType("application/problem+json")
                .body("status", equalTo(401));
    }

    @Test
    void a_partner_gets_the_same_answer_for_a_foreign_identity_as_for_none() throws Exception {
        String externalId = newExternalId();
        put("shop", externalId, "{\"givenName\": \"Ada\"}");
        long before = Databases.asOwner().number("SELECT count(*) FROM customer");

        Response foreign = getBy(cardPartner(), "shop", externalId);
        Response nobody = getBy(cardPartner(), "card", externalId);

        foreign.then().statusCode(404);
        for (String member : List.of("status", "code", "title", "detail")) {
            assertThat(foreign.<Object>path(member)).isEqualTo(nobody.path(member));
        }
        put(cardPartner(), "shop", externalId, "{}")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        put(cardPartner(), "shop", newExternalId(), "{}").then().statusCode(404);
        assertThat(Databases.asOwner().number("SELECT count(*) FROM customer")).isEqualTo(before);
    }

    @Test
    void a_partner_sees_no_identity_of_another_source() throws Exception {
        String externalId = newExternalId();
        String id = put(cardPartner(), "card", externalId, "{}").path("id");
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_identity (source, external_id, customer_id) VALUES ('shop', ?, ?)",
                        externalId,
                        UUID.fromString(id));

        getBy(cardPartner(), "card", externalId)
                .then()
                .body("identities.size()", equalTo(1))
                .body("identities[0].source", equalTo("card"));
        put(cardPartner(), "card", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(200)
                .body("identities.size()", equalTo(1));
        CustomersApi.get(id)
                .then()
                .body("identities.size()", equalTo(2))
                .body("givenName", equalTo("Ada"));
    }

    private static RequestSpecification cardPartner() {
        return as(Tokens.partner("card"));
    }
}
