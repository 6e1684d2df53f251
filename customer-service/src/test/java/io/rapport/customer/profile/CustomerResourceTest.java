package io.rapport.customer.profile;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerResourceTest {

    private static final String ADA =
            """
            {"kind": "PERSON", "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "language": "en-GB", "timeZone": "Europe/London", "country": "GB"}""";

    @Test
    void a_customer_is_made_and_read_back() {
        Response made = register(agent(), UUID.randomUUID().toString(), ADA);

        made.then()
                .statusCode(201)
                .header("Location", equalTo("/customers/" + made.path("id")))
                .header("ETag", notNullValue())
                .header("Rapport-Version", notNullValue())
                .body("status", equalTo("ACTIVE"))
                .body("kind", equalTo("PERSON"))
                .body("displayName", equalTo("Ada Lovelace"))
                .body("timeZone", equalTo("Europe/London"))
                .body("identities.size()", equalTo(0))
                .body("updatedAt", equalTo(made.path("createdAt")));
        Response read = agent().get(made.header("Location"));
        read.then()
                .statusCode(200)
                .header("ETag", made.header("ETag"))
                .header("Rapport-Version", made.header("Rapport-Version"))
                .header("Content-Location", nullValue());
        assertThat(read.<Map<String, Object>>path("$")).isEqualTo(made.path("$"));
    }

    @Test
    void what_is_not_known_is_absent_and_an_empty_profile_is_a_person() {
        get(registered("{}"))
                .then()
                .body("kind", equalTo("PERSON"))
                .body("$", not(hasKey("displayName")))
                .body("$", not(hasKey("country")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "محمد بن أحمد",
                "👩‍👩‍👧 Familie Müller",
                "Zoe\u0308",
                "山田 太郎",
                "\u2067נעמי\u2069"
            })
    void names_come_back_as_they_were_given(String name) {
        get(registered("{\"displayName\": \"%s\"}".formatted(name)))
                .then()
                .body("displayName", equalTo(name));
    }

    @Test
    void what_is_known_of_a_life_is_kept_sorted_and_each_once() {
        UUID customer =
                registered(
                        """
                        {"addressAs": "Lady Lovelace", "birthday": "1985-12-10", "occupation": "mathematician",
                         "lifecycleStage": "CUSTOMER", "declaredValues": ["openness", "fairness"],
                         "tags": ["vip", "newsletter", "vip"],
                         "lifeEvents": [{"type": "moved", "on": "2026-05-01"}, {"type": "married", "on": "2005-07-08"}]}""");

        get(customer)
                .then()
                .body("addressAs", equalTo("Lady Lovelace"))
                .body("birthday", equalTo("1985-12-10"))
                .body("occupation", equalTo("mathematician"))
                .body("lifecycleStage", equalTo("CUSTOMER"))
                .body("declaredValues", equalTo(List.of("fairness", "openness")))
                .body("tags", equalTo(List.of("newsletter", "vip")))
                .body("lifeEvents.type", equalTo(List.of("married", "moved")))
                .body("lifeEvents[1].on", equalTo("2026-05-01"));
        patch(customer, "*", "{\"tags\": [\"a\"], \"birthday\": null, \"lifeEvents\": null}")
                .then()
                .statusCode(200)
                .body("tags", equalTo(List.of("a")))
                .body("declaredValues.size()", equalTo(2))
                .body("$", not(hasKey("birthday")))
                .body("$", not(hasKey("lifeEvents")));
    }

    @Test
    void the_same_key_and_body_again_make_no_second_customer() {
        String key = UUID.randomUUID().toString();
        Response first = register(agent(), key, ADA);

        register(agent(), key, ADA)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"))
                .header("ETag", first.header("ETag"))
                .body("id", equalTo(first.path("id")));
        register(agent(), key, "{\"displayName\": \"Grace\"}").then().statusCode(422);
        agent().contentType("application/json").body(ADA).post("/customers").then().statusCode(400);
    }

    @Test
    void a_version_that_the_caller_has_is_not_sent_again() {
        UUID customer = registered(ADA);
        String etag = get(customer).header("ETag");

        agent().header("If-None-Match", etag)
                .get("/customers/{id}", customer)
                .then()
                .statusCode(304)
                .header("ETag", etag)
                .body(equalTo(""));
        patch(customer, etag, "{\"givenName\": \"Augusta\"}").then().statusCode(200);
        agent().header("If-None-Match", etag)
                .get("/customers/{id}", customer)
                .then()
                .statusCode(200);
    }

    @Test
    void a_customer_is_read_by_identity_and_says_where_it_lives() {
        String externalId = newExternalId();
        String id = put("shop", externalId, ADA).path("id");

        get("shop:" + externalId)
                .then()
                .statusCode(200)
                .header("Content-Location", "/customers/" + id)
                .body("id", equalTo(id))
                .body("identities[0].source", equalTo("shop"))
                .body("identities[0].externalId", equalTo(externalId));
    }

    @Test
    void a_patch_changes_what_it_names_and_takes_away_what_it_nulls() {
        UUID customer = registered(ADA);
        Response before = get(customer);

        Response after =
                patch(
                        customer,
                        before.header("ETag"),
                        "{\"givenName\": \"Augusta\", \"country\": null}");

        after.then()
                .statusCode(200)
                .header("ETag", not(before.header("ETag")))
                .body("givenName", equalTo("Augusta"))
                .body("familyName", equalTo("Lovelace"))
                .body("$", not(hasKey("country")))
                .body("createdAt", equalTo(before.path("createdAt")));
        assertThat(get(customer).<Map<String, Object>>path("$")).isEqualTo(after.path("$"));
    }

    @Test
    void a_patch_that_changes_nothing_makes_no_version() {
        UUID customer = registered(ADA);
        Response before = get(customer);

        patch(customer, before.header("ETag"), "{\"givenName\": \"Ada\", \"kind\": null}")
                .then()
                .statusCode(200)
                .header("ETag", before.header("ETag"))
                .body("updatedAt", equalTo(before.path("updatedAt")));
    }

    @Test
    void a_patch_needs_the_version_that_it_was_made_on() {
        UUID customer = registered(ADA);
        String etag = get(customer).header("ETag");
        agent().contentType("application/merge-patch+json")
                .body("{\"givenName\": \"B\"}")
                .patch("/customers/{id}", customer)
                .then()
                .statusCode(428)
                .contentType("application/problem+json")
                .body("code", equalTo("if-match-required"));
        patch(customer, etag, "{\"givenName\": \"B\"}").then().statusCode(200);

        patch(customer, etag, "{\"givenName\": \"C\"}")
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("code", equalTo("stale-version"));
        patch(customer, "*", "{\"givenName\": \"D\"}")
                .then()
                .statusCode(200)
                .body("givenName", equalTo("D"));
    }

    /**
     * The lock of the customer's row lets one write, and the version that it left stops the others.
     */
    @Test
    void of_writers_on_one_version_one_wins() {
        UUID customer = registered(ADA);
        String etag = get(customer).header("ETag");

        List<Integer> statuses =
                AtOnce.run(
                        12,
                        n ->
                                patch(customer, etag, "{\"givenName\": \"Ada %d\"}".formatted(n))
                                        .statusCode());

        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(s -> s != 200)
                .hasSize(11)
                .containsOnly(412);
    }

    @Test
    void writers_on_any_version_build_on_each_other() {
        UUID customer = registered(ADA);

        List<Response> answers =
                AtOnce.run(
                        12, n -> patch(customer, "*", "{\"givenName\": \"Ada %d\"}".formatted(n)));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers).extracting(answer -> answer.header("ETag")).doesNotHaveDuplicates();
    }

    @Test
    void an_erased_customer_is_gone() throws Exception {
        UUID customer = registered(ADA);
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", customer);

        get(customer).then().statusCode(410).body("code", equalTo("customer-erased"));
        patch(customer, "*", "{\"givenName\": \"B\"}").then().statusCode(410);
        agent().get("/customers/{id}/context", customer).then().statusCode(410);
    }
}
