package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner and a customer that other sources know, too. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PartnerTest {

    private static final List<String> SEEN =
            List.of(
                    "id",
                    "status",
                    "kind",
                    "displayName",
                    "givenName",
                    "familyName",
                    "addressAs",
                    "language",
                    "timeZone",
                    "country",
                    "identities",
                    "createdAt",
                    "updatedAt");
    private static final String SHARED =
            """
            {"kind": "ORGANISATION", "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "addressAs": "Lady Lovelace", "language": "en-GB", "timeZone": "Europe/London", "country": "GB",
             "birthday": "1985-12-10", "occupation": "mathematician", "lifecycleStage": "CUSTOMER",
             "declaredValues": ["openness"], "tags": ["vip"],
             "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
             "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org", "verified": true, "preferred": true}]}""";

    private final String shop = newExternalId();
    private final String card = newExternalId();
    private UUID customer;

    @BeforeEach
    void share() {
        Response made = put("shop", shop, SHARED);
        made.then().statusCode(201);
        customer = UUID.fromString(made.path("id"));
        addIdentity(agent(), customer, "card", card).then().statusCode(200);
    }

    @Test
    void every_answer_holds_the_partners_part_only() {
        String more = newExternalId();
        List<Response> answers =
                List.of(
                        getBy(partner(), "card", card),
                        put(partner(), "card", card, "{}"),
                        addIdentity(partner(), customer, "card", more),
                        removeIdentity(partner(), customer, "card", more),
                        partner()
                                .contentType(ContentType.JSON)
                                .body("{\"references\": [\"card:%s\"]}".formatted(card))
                                .post("/customers/resolve"));

        for (Response answer : answers) {
            answer.then()
                    .statusCode(200)
                    .body("addressAs", equalTo("Lady Lovelace"))
                    .body("identities.source.unique()", equalTo(List.of("card")));
            assertThat(answer.<Map<String, Object>>path("$")).containsOnlyKeys(SEEN);
        }
    }

    @Test
    void what_the_partner_does_not_name_stays() {
        Response before = get(customer);

        Response told =
                put(
                        partner(),
                        "card",
                        card,
                        """
                        {"givenName": "Augusta", "birthday": null, "declaredValues": ["brevity"],
                         "contactPoints": [{"kind": "EMAIL", "value": "king@example.org", "preferred": true}]}""");

        told.then().statusCode(200).body("givenName", equalTo("Augusta"));
        Map<String, Object> now = get(customer).path("$");
        Map<String, Object> expected = before.path("$");
        expected.put("givenName", "Augusta");
        expected.put("declaredValues", List.of("brevity", "openness"));
        assertThat(now)
                .usingRecursiveComparison()
                .ignoringFields("contactPoints", "updatedAt")
                .isEqualTo(expected);
        get(customer)
                .then()
                .body("contactPoints.size()", equalTo(2))
                .body("contactPoints[0]", equalTo(before.path("contactPoints[0]")))
                .body("contactPoints[1].preferred", equalTo(false));
        agent().get("/customers/{customer}/history", customer)
                .then()
                .body(
                        "items.findAll { it.version == 3 }.path.sort()[1]",
                        equalTo("/declaredValues"))
                .body("items.findAll { it.version == 3 }.size()", equalTo(3))
                .body("items[0].actor", equalTo("partner-1"));
    }

    @Test
    void the_same_said_again_makes_no_version() {
        String told =
                "{\"country\": \"FR\", \"contactPoints\": [{\"kind\": \"PHONE\", \"value\": \"+44 20 7946 0958\"}]}";

        String version = put(partner(), "card", card, told).header("ETag");

        put(partner(), "card", card, told).then().statusCode(200).header("ETag", version);
        put(partner(), "card", card, "{}").then().statusCode(200).header("ETag", version);
    }

    @Test
    void a_profile_that_staff_put_still_replaces_all_but_contact_points() {
        put("shop", shop, "{\"givenName\": \"Ada\"}").then().statusCode(200);

        get(customer)
                .then()
                .body("kind", equalTo("PERSON"))
                .body("birthday", nullValue())
                .body("contactPoints.size()", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'lifecycleStage': 'CUSTOMER'} | /lifecycleStage",
                "{'tags': ['vip']} | /tags",
                "{'attributes': {'shoeSize': 38}} | /attributes",
                "{'contactPoints': [{'kind': 'EMAIL', 'value': 'b@example.org', 'verified': true}]}"
                        + " | /contactPoints/0/verified",
            })
    void what_staff_alone_say_is_refused_of_old_and_new_customers(String body, String pointer)
            throws Exception {
        String json = body.replace('\'', '"');
        String version = get(customer).header("ETag");
        long before = Databases.asOwner().number("SELECT count(*) FROM customer");

        for (String externalId : List.of(card, newExternalId())) {
            put(partner(), "card", externalId, json)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("code", equalTo("field-is-for-staff"))
                    .body("errors.pointer", equalTo(List.of(pointer)));
        }
        get(customer).then().header("ETag", version);
        assertThat(Databases.asOwner().number("SELECT count(*) FROM customer")).isEqualTo(before);
        put(
                        as(Tokens.builder().roles("partner", "agent").subject("both").sign()),
                        "card",
                        card,
                        json)
                .then()
                .statusCode(200);
    }

    /** Who loses the race for a version amends the winner's, which the row's lock holds. */
    @Test
    void partners_who_amend_at_once_lose_nothing_of_each_other() throws Exception {
        List<String> told =
                List.of(
                        "{\"givenName\": \"Augusta\"}",
                        "{\"familyName\": \"King\"}",
                        "{\"occupation\": \"countess\"}",
                        "{\"declaredValues\": [\"brevity\"]}",
                        "{\"contactPoints\": [{\"kind\": \"EMAIL\", \"value\": \"king@example.org\"}]}");

        AtOnce.run(told.size(), n -> put(partner(), "card", card, told.get(n)))
                .forEach(answer -> answer.then().statusCode(200));

        get(customer)
                .then()
                .header("ETag", equalTo("\"7\""))
                .body("givenName", equalTo("Augusta"))
                .body("familyName", equalTo("King"))
                .body("occupation", equalTo("countess"))
                .body("declaredValues", equalTo(List.of("brevity", "openness")))
                .body("contactPoints.size()", equalTo(2));
    }

    private static RequestSpecification partner() {
        return as(Tokens.partner("card"));
    }
}
