package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identities of one customer: listed, added and removed. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdentitiesResourceTest {

    @Inject IdentityConfig config;

    private final String externalId = newExternalId();
    private UUID customer;

    @BeforeEach
    void make() {
        customer = known(externalId);
    }

    @Test
    void an_identity_that_is_added_names_the_customer_from_then_on() {
        String card = newExternalId();
        String etag = get(customer).header("ETag");

        Response added = add(etag, card);
        added.then()
                .statusCode(200)
                .header("ETag", not(etag))
                .header("Rapport-Version", notNullValue())
                .body("id", equalTo(customer.toString()))
                .body("identities.source", equalTo(List.of("card", "shop")))
                .body("identities.externalId", equalTo(List.of(card, externalId)));

        getBy(agent(), "card", card)
                .then()
                .statusCode(200)
                .header("ETag", added.header("ETag"))
                .body("id", equalTo(customer.toString()));
    }

    @Test
    void the_history_tells_who_added_and_removed_it_and_why() {
        String card = newExternalId();
        addIdentity(agent().header("Rapport-Reason", "New card"), customer, "card", card)
                .then()
                .statusCode(200);
        removeIdentity(agent(), customer, "card", card).then().statusCode(200);

        agent().queryParam("path", "/identities")
                .get("/customers/{customer}/history", customer)
                .then()
                .statusCode(200)
                .body("items[0].path", equalTo("/identities/card:" + card))
                .body("items[0].oldValue.externalId", equalTo(card))
                .body("items[0].newValue", nullValue())
                .body("items[1].newValue.externalId", equalTo(card))
                .body("items[1].actor", equalTo("agent-7"))
                .body("items[1].reason", equalTo("New card"));
    }

    @Test
    void adding_what_is_there_changes_nothing() {
        String etag = get(customer).header("ETag");

        addIdentity(agent(), customer, "shop", externalId)
                .then()
                .statusCode(200)
                .header("ETag", etag)
                .body("identities.size()", equalTo(1));
    }

    @Test
    void a_change_says_which_version_it_was_made_on() {
        String etag = get(customer).header("ETag");
        add(etag, newExternalId()).then().statusCode(200);

        add(etag, newExternalId()).then().statusCode(412).body("code", equalTo("stale-version"));
        change(agent().header("If-Match", etag), "DELETE", "shop", externalId)
                .then()
                .statusCode(412);
        change(agent(), "PUT", "card", newExternalId()).then().statusCode(428);
        change(agent(), "DELETE", "shop", externalId).then().statusCode(428);
        getBy(agent(), "shop", externalId).then().statusCode(200);
    }

    @Test
    void what_another_customer_has_is_refused_with_that_candidate() {
        String taken = newExternalId();
        UUID owner = known(taken);

        addIdentity(agent(), customer, "shop", taken)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("identity-taken"))
                .body("candidates.customer", equalTo(List.of(owner.toString())))
                .body("candidates[0]", not(hasKey("namedBy")));
        getBy(agent(), "shop", taken).then().body("id", equalTo(owner.toString()));
        get(customer).then().body("identities.size()", equalTo(1));
    }

    @Test
    void what_an_erased_customer_had_is_gone() throws Exception {
        String erased = newExternalId();
        becomes(known(erased), "ERASED");

        addIdentity(agent(), customer, "shop", erased)
                .then()
                .statusCode(410)
                .body("code", equalTo("customer-erased"));
    }

    @ParameterizedTest
    @CsvSource({"ERASED, 410, customer-erased", "MERGED, 409, customer-merged"})
    void only_an_active_customer_gets_or_loses_one(String status, int answer, String code)
            throws Exception {
        becomes(customer, status);

        addIdentity(agent(), customer, "card", newExternalId())
                .then()
                .statusCode(answer)
                .body("code", equalTo(code));
        removeIdentity(agent(), customer, "shop", externalId)
                .then()
                .statusCode(answer)
                .body("code", equalTo(code));
    }

    @Test
    void what_is_removed_names_nobody_until_it_is_given_again() {
        String etag = get(customer).header("ETag");

        removeIdentity(agent(), "shop:" + externalId, "shop", externalId)
                .then()
                .statusCode(200)
                .header("ETag", not(etag))
                .body("id", equalTo(customer.toString()))
                .body("identities.size()", equalTo(0));

        getBy(agent(), "shop", externalId).then().statusCode(404);
        removeIdentity(agent(), customer, "shop", externalId)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-identity"));
        put("shop", externalId, "{}").then().statusCode(201).body("id", not(customer.toString()));
    }

    @Test
    void one_customer_cannot_take_away_what_is_anothers() {
        String others = newExternalId();
        UUID other = known(others);

        removeIdentity(agent(), customer, "shop", others).then().statusCode(404);
        getBy(agent(), "shop", others).then().body("id", equalTo(other.toString()));
    }

    @Test
    void a_customer_has_as_many_as_the_limit_says_and_no_more() throws Exception {
        give(customer, config.perCustomer() - 2);

        addIdentity(agent(), customer, "card", newExternalId()).then().statusCode(200);
        addIdentity(agent(), customer, "card", newExternalId())
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-identities"));
        addIdentity(agent(), customer, "shop", externalId).then().statusCode(200);
    }

    @Test
    void pages_show_each_identity_once_in_order() throws Exception {
        give(customer, 24);

        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            Response page = list(agent().queryParam("limit", 10).queryParam("after", next));
            page.then().statusCode(200).header("Rapport-Version", notNullValue());
            List<String> sources = page.path("items.source");
            List<String> ids = page.path("items.externalId");
            for (int i = 0; i < ids.size(); i++) {
                seen.add(sources.get(i) + ":" + ids.get(i));
            }
            next = page.path("next");
        } while (next != null);

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().isSorted();
        list(agent().queryParam("after", "made-up")).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "login, abc, source-is-reserved",
        "Shop, abc, invalid-source",
        "shop, ada@example.org, external-id-is-contact-data",
        "shop, a b, invalid-external-id",
    })
    void names_that_none_may_have_are_refused(String source, String name, String code) {
        addIdentity(agent(), customer, source, name)
                .then()
                .statusCode(400)
                .body("code", equalTo(code));
        removeIdentity(agent(), customer, source, name)
                .then()
                .statusCode(400)
                .body("code", equalTo(code));
    }

    @Test
    void of_nobody_there_is_nothing() {
        UUID nobody = UUID.randomUUID();
        agent().get("/customers/{id}/identities", nobody).then().statusCode(404);
        addIdentity(agent(), nobody, "card", newExternalId()).then().statusCode(404);
        agent().get("/customers/nobody/identities").then().statusCode(400);
    }

    @Test
    void a_partner_reads_and_changes_those_of_its_own_sources_only() {
        String card = newExternalId();
        addIdentity(agent(), customer, "card", card).then().statusCode(200);

        list(cardPartner()).then().statusCode(200).body("items.externalId", equalTo(List.of(card)));
        cardPartner()
                .get("/customers/{customer}/identities", "card:" + card)
                .then()
                .statusCode(200)
                .body("items.source", equalTo(List.of("card")));
        addIdentity(cardPartner(), "card:" + card, "card", newExternalId())
                .then()
                .statusCode(200)
                .body("identities.source", equalTo(List.of("card", "card")));
        removeIdentity(cardPartner(), customer, "card", card).then().statusCode(200);

        unknown(removeIdentity(cardPartner(), customer, "shop", externalId));
        unknown(addIdentity(cardPartner(), customer, "shop", newExternalId()));
        unknown(cardPartner().get("/customers/{c}/identities", "shop:" + externalId));
    }

    @Test
    void a_partner_cannot_tell_a_foreign_customer_from_none() throws Exception {
        UUID erased = registered("{}");
        becomes(erased, "ERASED");

        for (UUID foreign : List.of(customer, erased, UUID.randomUUID())) {
            unknown(cardPartner().get("/customers/{customer}/identities", foreign));
            unknown(addIdentity(cardPartner(), foreign, "card", newExternalId()));
            unknown(removeIdentity(cardPartner(), foreign, "card", newExternalId()));
        }
    }

    private static void unknown(Response answer) {
        answer.then().statusCode(404).body("code", equalTo("unknown-customer"));
    }

    private static RequestSpecification cardPartner() {
        return as(Tokens.partner("card"));
    }

    private Response list(RequestSpecification caller) {
        return caller.get("/customers/{customer}/identities", customer);
    }

    private Response add(String etag, String card) {
        return change(agent().header("If-Match", etag), "PUT", "card", card);
    }

    private Response change(
            RequestSpecification caller, String method, String source, String name) {
        return caller.request(
                method,
                "/customers/{customer}/identities/{source}/{externalId}",
                customer,
                source,
                name);
    }

    private static void give(UUID customer, int identities) throws Exception {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_identity (source, external_id, customer_id)
                        SELECT 'bulk', ? || n, CAST(? AS uuid) FROM generate_series(1, ?) AS n
                        """,
                        newExternalId(),
                        customer.toString(),
                        identities);
    }

    private static void becomes(UUID customer, String status) throws Exception {
        Databases.asOwner()
                .execute("UPDATE customer SET status = ? WHERE id = ?", status, customer);
    }
}
