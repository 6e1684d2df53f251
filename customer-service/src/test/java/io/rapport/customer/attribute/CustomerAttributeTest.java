package io.rapport.customer.attribute;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.attribute.AttributesApi.change;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.lookUp;
import static io.rapport.customer.attribute.AttributesApi.newName;
import static io.rapport.customer.attribute.AttributesApi.profile;
import static io.rapport.customer.attribute.AttributesApi.searchable;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.attribute.AttributesApi.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of attributes in the profiles of customers. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerAttributeTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT      | \"Ⲁ שלום 👩‍👩‍👧 e\\u0301\" | \"Ⲁ שלום 👩‍👩‍👧 e\\u0301\"",
                "INTEGER   | 43                        | 43",
                "INTEGER   | -1e3                      | -1000",
                "INTEGER   | 999999999999999           | 999999999999999",
                "DECIMAL   | 0.000001                  | 0.000001",
                "DECIMAL   | 12.50                     | 12.5",
                "DECIMAL   | 999999999999999.999999    | 999999999999999.999999",
                "BOOLEAN   | false                     | false",
                "DATE      | \"2026-02-28\"            | \"2026-02-28\"",
                "DATE_TIME | \"2026-02-28T00:30:00+01:00\" | \"2026-02-27T23:30:00Z\"",
            })
    void a_value_of_each_type_is_kept_in_one_form(String type, String given, String kept)
            throws Exception {
        String name = defined(terms(type, ""));
        UUID customer = registered(profile(name, given));

        assertThat(JSON.readTree(get(customer).asByteArray()).path("attributes").path(name))
                .isEqualTo(JSON.readTree(kept));
        // Each form of one value is the same value.
        patch(customer, "\"1\"", profile(name, kept)).then().header("ETag", "\"1\"");
        patch(customer, "\"1\"", profile(name, given)).then().header("ETag", "\"1\"");
    }

    @Test
    void choices_are_of_the_allowed_values() {
        String one = defined(choice("ONE_OF", "[\"S\", \"M\", \"L\"]"));
        String several = defined(choice("SEVERAL_OF", "[\"chess\", \"music\", \"sailing\"]"));
        UUID customer =
                registered(
                        "{\"attributes\": {\"%s\": \"M\", \"%s\": [\"music\", \"chess\", \"music\"]}}"
                                .formatted(one, several));

        get(customer)
                .then()
                .body("attributes." + one, equalTo("M"))
                .body("attributes." + several, contains("chess", "music"));
        patch(customer, "*", profile(several, "[\"sailing\"]"))
                .then()
                .statusCode(200)
                .body("attributes." + one, equalTo("M"))
                .body("attributes." + several, contains("sailing"));
        refused(customer, profile(one, "\"XL\""), one);
        refused(customer, profile(several, "[\"chess\", \"golf\"]"), several);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT       | 7",
                "TEXT       | \"\"",
                "TEXT       | \"a\\nb\"",
                "TEXT       | [\"a\"]",
                "TEXT       | {\"a\": 1}",
                "INTEGER    | \"7\"",
                "INTEGER    | 7.5",
                "INTEGER    | 1000000000000000",
                "INTEGER    | 1e999999",
                "DECIMAL    | 0.0000001",
                "DECIMAL    | 1e15",
                "DECIMAL    | true",
                "BOOLEAN    | \"true\"",
                "BOOLEAN    | 0",
                "DATE       | \"2026-02-30\"",
                "DATE       | 20260228",
                "DATE       | \"+10000-01-01\"",
                "DATE_TIME  | \"2026-02-28T00:30:00\"",
                "DATE_TIME  | \"2026-02-28\"",
                "ONE_OF     | [\"a\"]",
                "ONE_OF     | \"z\"",
                "SEVERAL_OF | \"a\"",
                "SEVERAL_OF | []",
                "SEVERAL_OF | [\"a\", null]",
                "SEVERAL_OF | [\"a\", 1]",
            })
    void a_value_of_the_wrong_type_is_refused_with_its_path_and_definition(
            String type, String value) {
        String name =
                defined(type.endsWith("OF") ? choice(type, "[\"a\", \"b\"]") : terms(type, ""));

        refused(registered("{}"), profile(name, value), name);
    }

    /** By every entrance, and nothing is written. */
    private static void refused(UUID customer, String profile, String name) {
        String etag = get(customer).header("ETag");
        for (Response answer :
                List.of(
                        patch(customer, etag, profile),
                        register(agent(), UUID.randomUUID().toString(), profile),
                        CustomersApi.put("shop", newExternalId(), profile))) {
            answer.then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.pointer", contains("/attributes/" + name))
                    .body(
                            "errors.reason",
                            contains(containsString("see /attribute-definitions/" + name)));
        }
        get(customer).then().header("ETag", etag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000b\"", "\"\\ud83d\"", "\"a\\u0007\"", "\"\\u200b\\n\""})
    void text_that_cannot_be_kept_is_refused_with_its_path(String value) {
        String name = defined(terms("TEXT", ""));

        patch(registered("{}"), "*", profile(name, value))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes/" + name));
    }

    @Test
    void an_unknown_attribute_is_refused_like_an_unknown_field() {
        UUID customer = registered("{}");
        for (String body : List.of(profile("nobodyDefinedThis", "1"), profile("a/b~c", "1"))) {
            patch(customer, "*", body)
                    .then()
                    .statusCode(400)
                    .body("errors.reason", contains(containsString("/attribute-definitions")));
            register(agent(), UUID.randomUUID().toString(), body).then().statusCode(400);
        }
        patch(customer, "*", profile("a/b~c", "1"))
                .then()
                .body("errors.pointer", contains("/attributes/a~1b~0c"));
        patch(customer, "*", profile("nobodyDefinedThis", "null"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes/nobodyDefinedThis"));
        for (String members : List.of("[]", "\"x\"", "7")) {
            patch(customer, "*", "{\"attributes\": %s}".formatted(members))
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/attributes"));
        }
    }

    @Test
    void they_are_bounded_in_number_and_in_size() {
        UUID customer = registered("{}");
        String tooMany =
                IntStream.range(0, 10_000)
                        .mapToObj("\"n%d\": 1"::formatted)
                        .collect(Collectors.joining(", "));
        patch(customer, "*", "{\"attributes\": {%s}}".formatted(tooMany))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes"));

        String longest = "\"%s\"".formatted("\uD83D\uDE00".repeat(500));
        List<String> names =
                IntStream.range(0, 17).mapToObj(_ -> defined(terms("TEXT", ""))).toList();
        patch(customer, "*", all(names, longest))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes"));
        patch(customer, "*", all(names.subList(0, 16), longest)).then().statusCode(200);
        patch(customer, "*", profile(names.get(0), "\"%s\"".formatted("a".repeat(501))))
                .then()
                .statusCode(400);
    }

    private static String all(List<String> names, String value) {
        return names.stream()
                .map(name -> "\"%s\": %s".formatted(name, value))
                .collect(Collectors.joining(", ", "{\"attributes\": {", "}}"));
    }

    @Test
    void a_patch_changes_those_that_it_names_and_a_put_without_any_leaves_them() {
        String first = defined(terms("INTEGER", ""));
        String second = defined(terms("TEXT", ""));
        String externalId = newExternalId();
        String id = CustomersApi.put("shop", externalId, all(List.of(first), "1")).path("id");

        patch(id, "*", profile(second, "\"x\""))
                .then()
                .body("attributes." + first, equalTo(1))
                .body("attributes." + second, equalTo("x"));
        CustomersApi.put("shop", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(200)
                .body("attributes." + first, equalTo(1));
        CustomersApi.put("shop", externalId, profile(first, "2"))
                .then()
                .body("attributes." + first, equalTo(2))
                .body("attributes", not(hasKey(second)));
        patch(id, "*", profile(first, "null")).then().body("attributes", nullValue());
    }

    @Test
    void they_are_part_of_the_history_and_can_be_restored() {
        String name = defined(terms("DECIMAL", ""));
        UUID customer = registered(profile(name, "1.50"));
        String registeredAt = get(customer).path("updatedAt");
        patch(customer, "*", profile(name, "2.25")).then().statusCode(200);
        patch(customer, "*", profile(name, "null")).then().statusCode(200);

        Response history =
                agent().queryParam("path", "/attributes/" + name)
                        .get("/customers/{id}/history", customer);
        history.then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].path", equalTo("/attributes/" + name))
                .body("items[0].oldValue", equalTo(2.25f))
                .body("items[0]", not(hasKey("newValue")))
                .body("items[1].oldValue", equalTo(1.5f))
                .body("items[1].newValue", equalTo(2.25f));
        agent().queryParam("asOf", registeredAt)
                .get("/customers/{id}", customer)
                .then()
                .body("attributes." + name, equalTo(1.5f));

        restore(customer, history.path("items[0].id"))
                .then()
                .statusCode(200)
                .body("attributes." + name, equalTo(2.25f));
        // What was undefined since is not brought back.
        patch(customer, "*", profile(name, "null")).then().statusCode(200);
        AttributesApi.delete(name, "*").then().statusCode(200);
        restore(customer, history.path("items[1].id"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes/" + name));
        agent().queryParam("asOf", registeredAt)
                .get("/customers/{id}", customer)
                .then()
                .body("attributes." + name, equalTo(1.5f));
    }

    private static Response restore(UUID customer, String change) {
        return agent().header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .post("/customers/{id}/history/{change}/restore", customer, change);
    }

    @Test
    void a_retired_attribute_keeps_its_values_and_takes_no_others() {
        String name = defined(terms("INTEGER", ""));
        UUID customer = registered(profile(name, "1"));
        change(name, terms("INTEGER", ", \"active\": false")).then().statusCode(200);

        patch(customer, "*", profile(name, "2"))
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-retired"))
                .body("errors.pointer", contains("/attributes/" + name));
        register(agent(), UUID.randomUUID().toString(), profile(name, "1")).then().statusCode(409);
        patch(
                        customer,
                        "*",
                        "{\"givenName\": \"Ada\", \"attributes\": {\"%s\": 1}}".formatted(name))
                .then()
                .statusCode(200)
                .body("attributes." + name, equalTo(1));
        patch(customer, "*", profile(name, "null")).then().statusCode(200);
    }

    /** As another replica, or a statement in the database, defines it: nothing is remembered. */
    @Test
    void what_another_replica_defines_holds_for_the_next_request() throws Exception {
        String name = newName();
        UUID customer = registered("{}");
        patch(customer, "*", profile(name, "1")).then().statusCode(400);

        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO attribute_definition (name, label, type, allowed_values, personal_data, merge_rule,
                            sole, searchable, active, version, created_at, updated_at)
                        VALUES (?, 'x', 'INTEGER', '{}', false, 'FILL', false, true, true, 1, now(), now())
                        """,
                        name);
        patch(customer, "*", profile(name, "1")).then().statusCode(200);

        Databases.asOwner()
                .execute("UPDATE attribute_definition SET active = false WHERE name = ?", name);
        patch(customer, "*", profile(name, "2")).then().statusCode(409);
    }

    @Test
    void customers_are_found_by_a_value_in_pages() {
        String name = searchable("INTEGER");
        List<String> all =
                IntStream.range(0, 5)
                        .mapToObj(_ -> registered(profile(name, "43")).toString())
                        .sorted()
                        .toList();
        registered(profile(name, "44"));
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            var request = agent().queryParam("limit", 2);
            Response page =
                    lookUp(
                            after == null ? request : request.queryParam("after", after),
                            name,
                            "43.0");
            page.then().statusCode(200);
            found.addAll(page.path("items.id"));
            after = page.path("next");
        } while (after != null);

        assertThat(found).isEqualTo(all);
        lookUp(name, "45").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void customers_are_found_by_one_of_their_choices() {
        String name = defined(choice("SEVERAL_OF", "[\"chess\", \"music\"]"));
        String both = registered(profile(name, "[\"chess\", \"music\"]")).toString();
        String one = registered(profile(name, "[\"music\"]")).toString();

        assertThat(lookUp(name, "\"chess\"").<List<String>>path("items.id")).containsExactly(both);
        assertThat(lookUp(name, "\"music\"").<List<String>>path("items.id"))
                .containsExactlyInAnyOrder(both, one);
    }

    @Test
    void what_is_not_searchable_or_not_a_value_is_told() {
        String name = defined(terms("INTEGER", ""));
        lookUp(name, "1").then().statusCode(409).body("code", equalTo("attribute-not-searchable"));
        change(name, terms("INTEGER", ", \"searchable\": true")).then().statusCode(200);
        lookUp(name, "1").then().statusCode(200);
        for (String value : List.of("\"1\"", "null", "1.5", "[1]", "{}")) {
            lookUp(name, value).then().statusCode(400).body("errors.pointer", contains("/value"));
        }
        lookUp(newName(), "1").then().statusCode(404);
        lookUp(as(Tokens.partner("shop")), name, "1").then().statusCode(403);
    }

    @Test
    void a_unique_value_names_one_customer() {
        String name = unique("TEXT");
        UUID first = registered(profile(name, "\"M-1\""));
        UUID second = registered("{}");

        patch(second, "*", profile(name, "\"M-1\""))
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-value-taken"))
                .body("errors.pointer", contains("/attributes/" + name));
        patch(first, "*", profile(name, "\"M-1\"")).then().statusCode(200);
        lookUp(name, "\"M-1\"").then().body("items.id", contains(first.toString()));
        patch(first, "*", profile(name, "\"M-2\"")).then().statusCode(200);
        patch(second, "*", profile(name, "\"M-1\"")).then().statusCode(200);
    }
}
