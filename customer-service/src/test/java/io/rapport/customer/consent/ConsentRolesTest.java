package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.check;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.terms;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Managers keep the purposes; staff record and read; a partner records with evidence of its own
 * sources, and asks, about customers that one of them knows.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentRolesTest {

    private static final String CARD = "\"source\": \"card\", \"textVersion\": \"v1\"";

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 200, 200, 200, 200, 403",
        "manager,  201, 200, 200, 200, 200, 200, 201",
        "admin,    403, 403, 200, 200, 200, 200, 403",
        "partner,  201, 200, 200, 403, 403, 200, 403",
        "customer, 403, 403, 403, 403, 403, 403, 403",
        "nobody,   403, 403, 403, 403, 403, 403, 403",
    })
    void each_role_does_what_is_its_own(
            String role,
            int give,
            int withdraw,
            int check,
            int list,
            int history,
            int purposes,
            int putPurpose) {
        String token = Tokens.builder().roles(role).subject("x").sources("card").sign();
        String id = CustomersApi.put("card", newExternalId(), "{}").path("id");
        String purpose = purpose();

        assertThat(
                        List.of(
                                give(
                                                as(token),
                                                UUID.randomUUID().toString(),
                                                id,
                                                given(purpose, CARD, ""))
                                        .statusCode(),
                                withdraw(as(token), id, given(purpose, CARD, "")).statusCode(),
                                check(as(token), id, purpose).statusCode(),
                                as(token).get("/customers/{c}/consents", id).statusCode(),
                                as(token).get("/customers/{c}/consents/history", id).statusCode(),
                                as(token).get("/consent-purposes").statusCode(),
                                as(token)
                                        .header("If-None-Match", "*")
                                        .contentType(ContentType.JSON)
                                        .body(terms("null", false, true))
                                        .put("/consent-purposes/{p}", ConsentsApi.newKey())
                                        .statusCode()))
                .containsExactly(give, withdraw, check, list, history, purposes, putPurpose);
    }

    @Test
    void a_partner_gives_evidence_of_its_own_sources_only() throws Exception {
        String id = CustomersApi.put("card", newExternalId(), "{}").path("id");
        String purpose = purpose();

        Response refused = givenByPartner(id, given(purpose));

        refused.then().statusCode(403).body("code", equalTo("source-not-yours"));
        withdraw(cardPartner(), id, given(purpose)).then().statusCode(403);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM consent_record WHERE customer_id = ?",
                                        UUID.fromString(id)))
                .isZero();
        givenByPartner(id, given(purpose, CARD, "")).then().statusCode(201);
    }

    @Test
    void a_partner_gets_the_same_answer_for_a_customer_of_others_as_for_none() {
        String externalId = newExternalId();
        String foreign = CustomersApi.put("shop", externalId, "{}").path("id");
        String purpose = purpose();
        give(foreign, given(purpose)).then().statusCode(201);
        String own = given(purpose, CARD, "");

        for (Object reference :
                new Object[] {foreign, "shop:" + externalId, registered("{}"), UUID.randomUUID()}) {
            unknown(check(cardPartner(), reference, purpose));
            unknown(check(cardPartner(), reference, "no-such-purpose"));
            unknown(givenByPartner(reference, own));
            unknown(givenByPartner(reference, "{}"));
            unknown(withdraw(cardPartner(), reference, own));
            unknown(
                    confirm(
                            cardPartner(),
                            reference,
                            UUID.randomUUID(),
                            "{\"evidence\": {%s}}".formatted(CARD)));
        }
        check(foreign, purpose).then().body("permitted", equalTo(true));
    }

    @Test
    void logins_are_no_source_that_a_partner_could_speak_for() throws Exception {
        UUID customer = registered("{}");
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_identity (source, external_id, customer_id)
                        VALUES ('login', encode(sha256(convert_to(?, 'UTF8')), 'hex'), ?)""",
                        customer.toString(),
                        customer);
        String purpose = purpose();
        String token = Tokens.partner("login");

        unknown(check(as(token), customer, purpose));
        unknown(withdraw(as(token), customer, given(purpose, "\"source\": \"login\"", "")));
    }

    private static void unknown(Response answer) {
        answer.then().statusCode(404).body("code", equalTo("unknown-customer"));
    }

    @Test
    void a_partner_may_ask_and_withdraw_whoever_recorded_it_and_does_not_see_who() {
        String externalId = newExternalId();
        String id = CustomersApi.put("card", externalId, "{}").path("id");
        String purpose = purpose();
        give(id, given(purpose)).then().statusCode(201);

        for (Object reference : new Object[] {id, "card:" + externalId}) {
            check(cardPartner(), reference, purpose)
                    .then()
                    .statusCode(200)
                    .body("permitted", equalTo(true))
                    .body("record.kind", equalTo("GIVEN"))
                    .body("record", not(hasKey("source")))
                    .body("record", not(hasKey("textVersion")));
        }
        withdraw(cardPartner(), id, given(purpose, CARD, ""))
                .then()
                .statusCode(200)
                .body("recorded.source", equalTo("card"));
        check(id, purpose)
                .then()
                .body("reason", equalTo("WITHDRAWN"))
                .body("record.source", equalTo("card"));
    }

    @Test
    void a_partner_confirms_what_its_own_sources_have_recorded_only() {
        String id = CustomersApi.put("card", newExternalId(), "{}").path("id");
        String purpose = purposeWithDoubleOptIn();
        String confirmation = "{\"evidence\": {%s}}".formatted(CARD);
        String ofShop = give(id, given(purpose)).path("recorded.id");
        String ofCard = givenByPartner(id, given(purpose, CARD, "")).path("recorded.id");

        confirm(cardPartner(), id, ofShop, confirmation)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-consent"));
        confirm(cardPartner(), id, ofCard, confirmation)
                .then()
                .statusCode(200)
                .body("consent.state", equalTo("GIVEN"));
    }

    private static Response givenByPartner(Object customer, String body) {
        return give(cardPartner(), UUID.randomUUID().toString(), customer, body);
    }

    private static RequestSpecification cardPartner() {
        return as(Tokens.partner("card"));
    }
}
