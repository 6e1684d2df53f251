package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdentityResourceTest {

    @Test
    void the_first_put_makes_the_customer_and_the_next_replaces_its_profile() {
        String externalId = newExternalId();

        Response made = put("shop", externalId, "{\"givenName\": \"Ada\", \"country\": \"GB\"}");
        made.then()
                .statusCode(201)
                .header("Location", "/customers/" + made.path("id"))
                .header("ETag", notNullValue())
                .header("Rapport-Version", notNullValue())
                .body("identities[0].source", equalTo("shop"))
                .body("identities[0].externalId", equalTo(externalId));

        put("shop", externalId, "{\"givenName\": \"Grace\"}")
                .then()
                .statusCode(200)
                .header("ETag", not(made.header("ETag")))
                .body("id", equalTo(made.path("id")))
                .body("givenName", equalTo("Grace"))
                .body("$", not(hasKey("country")));
    }

    @Test
    void a_put_that_changes_nothing_makes_no_version_and_no_event() throws Exception {
        String externalId = newExternalId();
        String profile = "{\"givenName\": \"Ada\"}";
        Response made = put("shop", externalId, profile);

        put("shop", externalId, profile)
                .then()
                .statusCode(200)
                .header("ETag", made.header("ETag"))
                .body("updatedAt", equalTo(made.path("updatedAt")));
        assertThat(sequence(made.path("id"))).isEqualTo(1);
    }

    @Test
    void the_customer_is_read_under_its_name_and_says_where_it_lives() {
        String externalId = "A-1.2:3_" + newExternalId();
        Response made = put("shop", externalId, "{}");

        Response read = getBy(agent(), "shop", externalId);
        read.then()
                .statusCode(200)
                .header("Content-Location", "/customers/" + made.path("id"))
                .header("ETag", made.header("ETag"))
                .header("Rapport-Version", made.header("Rapport-Version"))
                .body("id", equalTo(made.path("id")));
        getBy(agent().header("If-None-Match", read.header("ETag")), "shop", externalId)
                .then()
                .statusCode(304);
        getBy(agent(), "other-shop", externalId)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void if_none_match_star_only_creates() {
        String externalId = newExternalId();
        put(onlyCreate(), "shop", externalId, "{\"givenName\": \"Ada\"}").then().statusCode(201);

        put(onlyCreate(), "shop", externalId, "{\"givenName\": \"Grace\"}").then().statusCode(412);

        getBy(agent(), "shop", externalId).then().body("givenName", equalTo("Ada"));
    }

    @Test
    void if_match_only_updates_and_only_the_version_it_names() throws Exception {
        String externalId = newExternalId();
        long before = Databases.asOwner().number("SELECT count(*) FROM customer");
        put(ifMatch("*"), "shop", externalId, "{}").then().statusCode(412);
        put(ifMatch("\"1\""), "shop", externalId, "{}").then().statusCode(412);
        assertThat(Databases.asOwner().number("SELECT count(*) FROM customer")).isEqualTo(before);

        String etag = put("shop", externalId, "{}").header("ETag");
        put(ifMatch(etag), "shop", externalId, "{\"givenName\": \"Ada\"}").then().statusCode(200);
        put(ifMatch(etag), "shop", externalId, "{\"givenName\": \"Grace\"}").then().statusCode(412);
        put(ifMatch("*"), "shop", externalId, "{\"givenName\": \"Grace\"}").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, ada@example.org, external-id-is-contact-data",
        "shop, +442079460958, external-id-is-contact-data",
        "shop, 0044(20)79460958, external-id-is-contact-data",
        "login, abc, source-is-reserved",
        "Shop, abc, invalid-source",
        "shop, a b, invalid-external-id",
        "shop, a\tb, invalid-external-id",
    })
    void names_that_none_may_have_are_refused(String source, String externalId, String code) {
        put(source, externalId, "{}").then().statusCode(400).body("code", equalTo(code));
        getBy(agent(), source, externalId)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void an_erased_customer_is_not_brought_back_by_its_name() throws Exception {
        String externalId = newExternalId();
        UUID customer = UUID.fromString(put("shop", externalId, "{}").path("id"));
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", customer);

        put("shop", externalId, "{\"givenName\": \"Ada\"}").then().statusCode(410);
        getBy(agent(), "shop", externalId).then().statusCode(410);
    }

    @Test
    void a_merged_customer_is_not_changed_under_its_name() throws Exception {
        String externalId = newExternalId();
        UUID customer = UUID.fromString(put("shop", externalId, "{}").path("id"));
        Databases.asOwner().execute("UPDATE customer SET status = 'MERGED' WHERE id = ?", customer);

        put("shop", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("customer-merged"));
        put(onlyCreate(), "shop", externalId, "{}").then().statusCode(412);
        assertThat(sequence(customer.toString())).isEqualTo(1);
    }

    private static RequestSpecification onlyCreate() {
        return agent().header("If-None-Match", "*");
    }

    private static RequestSpecification ifMatch(String etag) {
        return agent().header("If-Match", etag);
    }

    private static long sequence(String customer) throws Exception {
        return Databases.asOwner()
                .number(
                        "SELECT last FROM customer_sequence WHERE customer_id = ?",
                        UUID.fromString(customer));
    }
}
