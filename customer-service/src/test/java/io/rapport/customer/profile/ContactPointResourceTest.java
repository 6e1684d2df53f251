package io.rapport.customer.profile;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ContactPointResourceTest {

    private static final String MAIL =
            "{\"kind\": \"EMAIL\", \"value\": \"Ada@Example.org\", \"label\": \"home\", \"verified\": true}";
    private static final String HOME =
            """
            {"kind": "ADDRESS", "label": "home", "validFrom": "2026-05-01", "address":
              {"lines": ["12 St James's Square"], "postalCode": "SW1Y 4LE", "city": "London", "country": "GB"}}""";

    @Test
    void each_kind_is_added_and_read_back_normalised() {
        UUID customer = registered("{}");
        Response mail = add(customer, MAIL);
        mail.then()
                .statusCode(201)
                .header("ETag", equalTo("\"2\""))
                .header(
                        "Location",
                        equalTo("/customers/" + customer + "/contact-points/" + mail.path("id")))
                .body("value", equalTo("ada@example.org"))
                .body("preferred", equalTo(false));
        add(customer, "{\"kind\": \"PHONE\", \"value\": \"+44 20 7946 0958\"}")
                .then()
                .body("value", equalTo("+442079460958"));
        add(customer, HOME).then().body("address.city", equalTo("London"));
        add(
                        customer,
                        "{\"kind\": \"HANDLE\", \"network\": \"mastodon\", \"value\": \"@ada@example.org\"}")
                .then()
                .statusCode(201);

        agent().get(mail.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"5\""))
                .body("value", equalTo("ada@example.org"));
        Response customerNow = get(customer);
        assertThat(customerNow.<List<String>>path("contactPoints.kind"))
                .containsExactly("EMAIL", "PHONE", "ADDRESS", "HANDLE");
        assertThat(customerNow.<List<Object>>path("contactPoints"))
                .isEqualTo(agent().get("/customers/{id}/contact-points", customer).path("items"));
    }

    @Test
    void a_repeated_addition_adds_once() {
        UUID customer = registered("{}");
        String key = UUID.randomUUID().toString();
        Response first = add(customer, key, MAIL);

        add(customer, key, MAIL)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first.path("id")));
        add(customer, key, HOME).then().statusCode(422);
        add(customer, MAIL).then().statusCode(409).body("code", equalTo("contact-point-exists"));
        get(customer).then().body("contactPoints.size()", equalTo(1));
    }

    @Test
    void a_patch_changes_a_part_and_what_it_reaches_anew_is_not_verified() {
        UUID customer = registered("{}");
        String path = add(customer, MAIL).header("Location");
        patchPoint(path, "*", "{\"label\": null, \"validTo\": \"2026-12-31\"}")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""))
                .body("verified", equalTo(true))
                .body("validTo", equalTo("2026-12-31"))
                .body("$", not(hasKey("label")));

        patchPoint(path, "\"3\"", "{\"value\": \"ada@elsewhere.example\"}")
                .then()
                .statusCode(200)
                .body("verified", equalTo(false));
        patchPoint(path, "\"3\"", "{\"label\": \"x\"}")
                .then()
                .statusCode(412)
                .body("code", equalTo("stale-version"));
        agent().contentType("application/merge-patch+json")
                .body("{}")
                .patch(path)
                .then()
                .statusCode(428);
    }

    @Test
    void what_is_taken_away_is_not_there_any_more() {
        UUID customer = registered("{}");
        String path = add(customer, MAIL).header("Location");

        agent().delete(path).then().statusCode(428);
        agent().header("If-Match", "\"1\"").delete(path).then().statusCode(412);
        agent().header("If-Match", "\"2\"")
                .delete(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""));
        agent().get(path).then().statusCode(404).body("code", equalTo("unknown-contact-point"));
        agent().header("If-Match", "*").delete(path).then().statusCode(404);
        get(customer).then().body("$", not(hasKey("contactPoints")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                   | /kind",
                "{'kind': 'FAX', 'value': 'x'}                        | /kind",
                "{'kind': 'EMAIL'}                                    | /value",
                "{'kind': 'EMAIL', 'value': 'ada'}                    | /value",
                "{'kind': 'EMAIL', 'value': 'a\\u0000@example.org'}   | /value",
                "{'kind': 'PHONE', 'value': '020 7946 0958'}          | /value",
                "{'kind': 'HANDLE', 'value': '@ada'}                  | /network",
                "{'kind': 'HANDLE', 'value': '@ada', 'network': 'X Y'} | /network",
                "{'kind': 'EMAIL', 'value': 'a@example.org', 'network': 'x'} | /network",
                "{'kind': 'ADDRESS'}                                  | /address",
                "{'kind': 'ADDRESS', 'address': {}}                   | /address/country",
                "{'kind': 'ADDRESS', 'address': {'country': 'UK'}}    | /address/country",
                "{'kind': 'ADDRESS', 'value': 'x', 'address': {'country': 'GB'}} | /value",
                "{'kind': 'ADDRESS', 'address': {'country': 'GB', 'lines': ['a', '']}} | /address/lines/1",
                "{'kind': 'EMAIL', 'value': 'a@example.org', 'id': '019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11'} | /id",
                "{'kind': 'EMAIL', 'value': 'a@example.org', 'verified': 'yes'} | /verified",
                "{'kind': 'EMAIL', 'value': 'a@example.org', 'validFrom': '2026-02-01', 'validTo': '2026-01-31'} | /validTo",
                "{'kind': 'EMAIL', 'value': 'a@example.org', 'validTo': '+99999-01-01'} | /validTo",
            })
    void a_wrong_field_is_named_wherever_it_is_given(String json, String pointer) {
        String body = json.replace('\'', '"');
        UUID customer = registered("{}");
        refused(add(customer, body), pointer);
        String whole = "{\"contactPoints\": [" + body + "]}";
        refused(
                register(agent(), UUID.randomUUID().toString(), whole),
                "/contactPoints/0" + pointer);
        refused(patch(customer, "*", whole), "/contactPoints/0" + pointer);
        get(customer).then().header("ETag", equalTo("\"1\""));
    }

    private static void refused(Response answer, String pointer) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void an_id_is_neither_patched_nor_made_up() {
        UUID customer = registered("{}");
        String path = add(customer, MAIL).header("Location");

        refused(patchPoint(path, "*", "{\"id\": \"%s\"}".formatted(UUID.randomUUID())), "/id");
        refused(patchPoint(path, "*", "{\"id\": null}"), "/id");
        agent().get("/customers/{c}/contact-points/{id}", customer, UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-contact-point"));
        agent().get("/customers/{c}/contact-points/{id}", customer, "nonsense")
                .then()
                .statusCode(404);
        add(UUID.randomUUID(), MAIL)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void a_customer_has_fifty_and_no_more() {
        String fifty =
                IntStream.range(0, 50)
                        .mapToObj(
                                "{\"kind\": \"EMAIL\", \"value\": \"a%d@example.org\"}"::formatted)
                        .collect(Collectors.joining(",", "{\"contactPoints\": [", "]}"));
        UUID customer = registered(fifty);

        add(customer, MAIL).then().statusCode(409).body("code", equalTo("too-many-contact-points"));
        refused(patch(customer, "*", fifty.replace("]}", "," + MAIL + "]}")), "/contactPoints");
    }

    @Test
    void an_upsert_leaves_contact_points_that_it_does_not_name() {
        String externalId = newExternalId();
        String body = "{\"contactPoints\": [" + MAIL + "]}";
        Response made = put("shop", externalId, body);

        put("shop", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(200)
                .body("contactPoints", equalTo(made.path("contactPoints")));
        String etag = put("shop", externalId, body).header("ETag");
        put("shop", externalId, body).then().header("ETag", equalTo(etag));
    }

    /**
     * The lock of the customer's row lets them in one after the other; the index would refuse two.
     */
    @Test
    void of_those_who_are_preferred_at_once_one_stays_so() throws Exception {
        UUID customer = registered("{}");

        List<Integer> statuses =
                AtOnce.run(
                        8,
                        n ->
                                add(
                                                customer,
                                                "{\"kind\": \"EMAIL\", \"value\": \"a%d@example.org\", \"preferred\": true}"
                                                        .formatted(n))
                                        .statusCode());

        assertThat(statuses).containsOnly(201);
        get(customer)
                .then()
                .header("ETag", equalTo("\"9\""))
                .body("contactPoints.size()", equalTo(8))
                .body("contactPoints.findAll { it.preferred }.size()", equalTo(1));
        assertThatThrownBy(
                        () ->
                                Databases.asOwner()
                                        .execute(
                                                "UPDATE contact_point SET preferred = true WHERE customer_id = ?",
                                                customer))
                .hasMessageContaining("contact_point_preferred_is_one_of_its_kind");
    }

    private static Response add(UUID customer, String body) {
        return add(customer, UUID.randomUUID().toString(), body);
    }

    private static Response add(UUID customer, String key, String body) {
        return agent().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/contact-points", customer);
    }

    private static Response patchPoint(String path, String ifMatch, String body) {
        return agent().header("If-Match", ifMatch)
                .contentType("application/merge-patch+json")
                .body(body)
                .patch(path);
    }
}
