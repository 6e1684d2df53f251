package io.rapport.customer.profile;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes in, the answer is a problem document that says what to do, and nothing is half
 * written.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerBadInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nickname\": \"x\"}                  | /nickname",
                "{\"nickname\": null}                 | /nickname",
                "{\"id\": \"x\"}                        | /id",
                "{\"status\": \"ERASED\"}               | /status",
                "{\"version\": 9}                       | /version",
                "{\"createdAt\": \"2026-11-21T00:00:00Z\"} | /createdAt",
                "{\"identities\": []}                   | /identities",
                "{\"kind\": \"ROBOT\"}                  | /kind",
                "{\"kind\": 1}                          | /kind",
                "{\"displayName\": {\"a\": 1}}          | /displayName",
                "{\"displayName\": [\"a\"]}             | /displayName",
                "{\"displayName\": \"\"}                | /displayName",
                "{\"givenName\": \"a\\u0000b\"}         | /givenName",
                "{\"givenName\": \"\\ud83d\"}           | /givenName",
                "{\"language\": \"english_UK\"}         | /language",
                "{\"timeZone\": \"Mars/Olympus\"}       | /timeZone",
                "{\"country\": \"UK\"}                  | /country",
                "{\"birthday\": \"1985-13-01\"}        | /birthday",
                "{\"birthday\": \"2199-01-01\"}        | /birthday",
                "{\"birthday\": 19851210}              | /birthday",
                "{\"addressAs\": \"a\\u0000b\"}        | /addressAs",
                "{\"occupation\": 7}                   | /occupation",
                "{\"lifecycleStage\": \"KNOWN\"}       | /lifecycleStage",
                "{\"tags\": \"vip\"}                   | /tags",
                "{\"tags\": [\"vip\", null]}           | /tags/1",
                "{\"tags\": [\"a\\u0000b\"]}           | /tags/0",
                "{\"declaredValues\": [[]]}            | /declaredValues/0",
                "{\"lifeEvents\": [{\"type\": \"moved\"}]} | /lifeEvents/0/on",
                "{\"lifeEvents\": [{\"type\": \"moved\", \"on\": \"2026-05-01\", \"x\": 1}]} | /lifeEvents/0/x",
            })
    void a_wrong_field_is_named_on_every_entrance(String body, String pointer) throws Exception {
        UUID customer = registered("{}");
        String etag = get(customer).header("ETag");
        long before = Databases.asOwner().number("SELECT count(*) FROM customer");

        refused(register(agent(), UUID.randomUUID().toString(), body), pointer);
        refused(put("shop", "bad-" + UUID.randomUUID(), body), pointer);
        refused(patch(customer, etag, body), pointer);

        get(customer).then().header("ETag", etag);
        assertThat(Databases.asOwner().number("SELECT count(*) FROM customer")).isEqualTo(before);
    }

    private static void refused(Response answer, String pointer) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("code", notNullValue())
                .body("type", equalTo("/problems/" + answer.path("code")))
                .body("errors.pointer", hasItem(pointer))
                .body("errors.reason", hasItem(notNullValue()));
    }

    @Test
    void ten_thousand_tags_are_too_many() throws Exception {
        String tags =
                IntStream.range(0, 10_000)
                        .mapToObj("\"tag %d\""::formatted)
                        .collect(Collectors.joining(","));

        a_wrong_field_is_named_on_every_entrance("{\"tags\": [" + tags + "]}", "/tags");
    }

    @Test
    void every_wrong_field_is_named_at_once() {
        register(
                        agent(),
                        UUID.randomUUID().toString(),
                        "{\"country\": \"UK\", \"language\": \"xx\"}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/country"))
                .body("errors.pointer", hasItem("/language"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "null",
                "[]",
                "\"x\"",
                "{\"displayName\": \"a\"} {}",
                "{\"displayName\": \"\0\"}"
            })
    void what_is_no_profile_at_all_is_refused(String body) {
        register(agent(), UUID.randomUUID().toString(), body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        patch(registered("{}"), "*", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_body_of_ten_mebibytes_is_too_large() {
        String huge = "{\"displayName\": \"%s\"}".formatted("a".repeat(10 * 1024 * 1024));

        register(agent(), UUID.randomUUID().toString(), huge)
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void a_patch_must_say_that_it_is_one() {
        agent().header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body("{}")
                .patch("/customers/{id}", registered("{}"))
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "by, 400, invalid-customer-reference",
        "42, 400, invalid-customer-reference",
        "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b1, 400, invalid-customer-reference",
        "shop:ada@example.org, 400, external-id-is-contact-data",
        "shop:+442079460958, 400, external-id-is-contact-data",
        "login:abc, 400, source-is-reserved",
        "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11, 404, unknown-customer",
        "shop:nobody-has-this, 404, unknown-customer",
    })
    void a_reference_to_nobody_is_told_apart_from_none(String reference, int status, String code) {
        get(reference).then().statusCode(status).body("code", equalTo(code));
        patch(reference, "*", "{}").then().statusCode(status).body("code", equalTo(code));
        agent().get("/customers/{reference}/context", reference)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }
}
