package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static io.rapport.customer.erasure.ErasureApi.admin;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.lift;
import static io.rapport.customer.erasure.ErasureApi.liftOfShop;
import static io.rapport.customer.importing.ImportsApi.imported;
import static io.rapport.customer.importing.ImportsApi.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An erased identity is taken in again by no way, until a manager lifts it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedIdentityTest {

    private final String card = newExternalId();
    private UUID erased;

    @BeforeEach
    void eraseOne() {
        erased = known(card);
        erase(erased).then().statusCode(202);
    }

    @Test
    void no_way_in_takes_it() {
        UUID other = registered("{}");
        for (Response answer :
                List.of(
                        put("shop", card, "{\"givenName\": \"Ada\"}"),
                        put(as(Tokens.partner("shop")), "shop", card, "{}"),
                        addIdentity(agent(), other, "shop", card),
                        move(card, other))) {
            answer.then().statusCode(410).body("code", equalTo("customer-erased"));
        }
        get(other).then().body("identities", hasSize(0));
        getBy(agent(), "shop", card).then().statusCode(410);
    }

    @Test
    void an_import_refuses_its_row_and_takes_the_others() {
        String fresh = newExternalId();
        Response told =
                imported(
                        "CSV",
                        "identity:shop,givenName\n%s,Ada\n%s,Grace\n".formatted(card, fresh));

        assertThat(rows(told)).isEqualTo(List.of(1, 0, 0, 1));
        getBy(agent(), "shop", fresh).then().statusCode(200).body("givenName", equalTo("Grace"));
        getBy(agent(), "shop", card).then().statusCode(410);
    }

    @Test
    void partners_of_other_sources_learn_nothing() {
        getBy(as(Tokens.partner("crm")), "shop", card).then().statusCode(404);
        getBy(as(Tokens.partner("shop")), "shop", card).then().statusCode(410);
    }

    @Test
    void a_lifted_one_names_somebody_new_who_can_be_erased_again() {
        Response lifted = liftOfShop(card);
        lifted.then().statusCode(200);
        liftOfShop(card).then().statusCode(200).body("liftedAt", equalTo(lifted.path("liftedAt")));
        getBy(agent(), "shop", card).then().statusCode(404);

        Response made = put("shop", card, "{}");
        made.then().statusCode(201).body("id", not(erased.toString()));
        get(erased).then().statusCode(410);

        erase(made.<String>path("id")).then().statusCode(202);
        put("shop", card, "{}").then().statusCode(410);
    }

    @Test
    void a_login_is_refused_until_it_is_lifted() {
        String subject = "s" + newExternalId();
        UUID customer = registered("{}");
        assertThat(addLogin(customer, subject).statusCode()).isEqualTo(200);
        erase(customer).then().statusCode(202);

        as(Tokens.customer(subject))
                .get("/me")
                .then()
                .statusCode(410)
                .body("code", equalTo("customer-erased"));
        UUID other = registered("{}");
        addLogin(other, subject).then().statusCode(410).body("code", equalTo("customer-erased"));
        String code = agent().post("/customers/{customer}/login-code", other).path("code");
        as(Tokens.customer(subject))
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\"}".formatted(code))
                .put("/me/login")
                .then()
                .statusCode(410);

        lift("\"login\": {\"issuer\": \"%s\", \"subject\": \"%s\"}"
                        .formatted(Tokens.ISSUER, subject))
                .then()
                .statusCode(200);
        addLogin(other, subject).then().statusCode(200);
        as(Tokens.customer(subject)).get("/me").then().body("id", equalTo(other.toString()));
    }

    private static Response addLogin(UUID customer, String subject) {
        return admin().contentType(ContentType.JSON)
                .body("{\"issuer\": \"%s\", \"subject\": \"%s\"}".formatted(Tokens.ISSUER, subject))
                .post("/customers/{customer}/logins", customer);
    }

    @Test
    void one_that_the_customer_gave_up_is_refused_too() {
        String before = newExternalId();
        String between = newExternalId();
        UUID customer = known(before);
        addIdentity(agent(), customer, "shop", between).then().statusCode(200);
        for (String given : List.of(before, between)) {
            removeIdentity(agent(), customer, "shop", given).then().statusCode(200);
        }

        erase(customer).then().statusCode(202);

        for (String given : List.of(before, between)) {
            put("shop", given, "{}").then().statusCode(410);
        }
        assertThat(rows(imported("CSV", "identity:shop\n%s\n".formatted(before))))
                .isEqualTo(List.of(0, 0, 0, 1));
    }

    @Test
    void one_that_went_to_somebody_else_is_theirs() {
        String moved = newExternalId();
        String again = newExternalId();
        UUID customer = known(moved);
        addIdentity(agent(), customer, "shop", again).then().statusCode(200);
        UUID other = registered("{}");
        move(moved, other).then().statusCode(200);
        removeIdentity(agent(), customer, "shop", again).then().statusCode(200);
        addIdentity(agent(), other, "shop", again).then().statusCode(200);
        String gone = newExternalId();
        addIdentity(agent(), customer, "shop", gone).then().statusCode(200);
        move(gone, other).then().statusCode(200);
        removeIdentity(agent(), other, "shop", gone).then().statusCode(200);

        erase(customer).then().statusCode(202);

        String file = "identity:shop,givenName\n%s,Ada\n%s,Ada\n".formatted(moved, again);
        assertThat(rows(imported("CSV", file))).isEqualTo(List.of(0, 1, 1, 0));
        put("shop", gone, "{}").then().statusCode(201);
        removeIdentity(agent(), other, "shop", moved).then().statusCode(200);
        put("shop", moved, "{}").then().statusCode(201);
    }

    @Test
    void what_was_never_erased_cannot_be_lifted() {
        liftOfShop(newExternalId()).then().statusCode(404).body("code", equalTo("not-erased"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"identity\": null",
                "\"identity\": {\"source\": \"login\", \"externalId\": \"x\"}",
                "\"identity\": {\"source\": \"shop\"}",
                "\"login\": {\"issuer\": \"x\"}",
                "\"attribute\": {\"name\": \"passport\"}",
                "\"attribute\": {\"name\": \"passport\", \"value\": null}",
                "\"attribute\": {\"name\": \"x\", \"value\": \"y\"}, \"identity\": {\"source\": \"shop\", \"externalId\": \"1\"}",
                "\"identity\": {\"source\": \"shop\", \"externalId\": \"1\"}, \"login\": {\"issuer\": \"x\", \"subject\": \"y\"}"
            })
    void one_identity_login_or_value_is_named(String named) {
        lift(named).then().statusCode(400);
    }

    @Test
    void agents_lift_nothing() {
        agent().contentType(ContentType.JSON)
                .body(
                        "{\"identity\": {\"source\": \"shop\", \"externalId\": \"%s\"}, \"reason\": \"x\"}"
                                .formatted(card))
                .post("/erased-identities/lift")
                .then()
                .statusCode(403);
        put("shop", card, "{}").then().statusCode(410);
    }

    @Test
    void what_is_kept_tells_nobody_without_the_key_which_it_was() throws Exception {
        List<String> kept =
                Databases.asOwner().rows("SELECT identity_hmac FROM erased_identity").stream()
                        .map(row -> String.valueOf(row.get("identity_hmac")))
                        .toList();
        assertThat(kept).isNotEmpty().allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(kept)
                .doesNotContain(
                        HexFormat.of()
                                .formatHex(
                                        new Fingerprint()
                                                .add("source", "shop")
                                                .add("externalId", card)
                                                .toBytes()));
    }
}
