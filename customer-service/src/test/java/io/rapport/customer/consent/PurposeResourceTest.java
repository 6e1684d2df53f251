package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.manager;
import static io.rapport.customer.consent.ConsentsApi.newKey;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.put;
import static io.rapport.customer.consent.ConsentsApi.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PurposeResourceTest {

    @Test
    void a_manager_makes_a_purpose_and_staff_read_it() {
        String key = newKey();
        Response made =
                put(
                        key,
                        "If-None-Match",
                        "*",
                        """
                        {"title": {"en": "Newsletter", "de-CH": "Rundbrief"},
                         "description": {"en": "News, at most once a week."},
                         "channels": ["SMS", "EMAIL"], "validity": "P2Y6M", "doubleOptIn": true, "active": true}""");
        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", "/consent-purposes/" + key);

        agent().get("/consent-purposes/{purpose}", key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("key", equalTo(key))
                .body("title.de-CH", equalTo("Rundbrief"))
                .body("description.en", equalTo("News, at most once a week."))
                .body("channels", contains("EMAIL", "SMS"))
                .body("validity", equalTo("P2Y6M"))
                .body("doubleOptIn", equalTo(true))
                .body("active", equalTo(true))
                .body("createdAt", equalTo(made.path("createdAt")));
        agent().header("If-None-Match", "\"1\"")
                .get("/consent-purposes/{purpose}", key)
                .then()
                .statusCode(304);
    }

    @Test
    void it_is_made_once_and_changed_on_the_version_that_was_read() {
        String key = newKey();
        String terms = terms("null", false, true);
        manager()
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/consent-purposes/{purpose}", key)
                .then()
                .statusCode(428);
        put(key, "If-Match", "*", terms).then().statusCode(412);
        put(key, "If-None-Match", "*", terms).then().statusCode(201);
        put(key, "If-None-Match", "*", terms)
                .then()
                .statusCode(412)
                .body("code", equalTo("consent-purpose-exists"));
        put(key, "If-Match", "\"1\"", terms).then().statusCode(200).header("ETag", "\"1\"");

        put(key, "If-Match", "\"1\"", terms("\"P1Y\"", true, false))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("validity", equalTo("P1Y"))
                .body("active", equalTo(false));
        put(key, "If-Match", "\"1\"", terms).then().statusCode(412);
        manager()
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/consent-purposes/{purpose}", key)
                .then()
                .statusCode(428);
    }

    @Test
    void one_that_nobody_has_said_anything_of_can_be_deleted_and_any_other_only_retired() {
        String unused = purpose();
        String used = purpose();
        UUID customer = registered("{}");
        give(customer, given(used)).then().statusCode(201);

        delete(unused, null).then().statusCode(428);
        delete(unused, "\"9\"").then().statusCode(412);
        delete(unused, "\"1\"").then().statusCode(200).body("key", equalTo(unused));
        delete(unused, "\"1\"").then().statusCode(404);
        delete(used, "\"1\"")
                .then()
                .statusCode(409)
                .body("code", equalTo("consent-purpose-in-use"));

        put(used, "If-Match", "*", terms("null", false, false)).then().statusCode(200);
        give(customer, given(used))
                .then()
                .statusCode(409)
                .body("code", equalTo("consent-purpose-retired"));
        ConsentsApi.check(customer, used).then().body("permitted", equalTo(true));
        ConsentsApi.withdraw(customer, ConsentsApi.withdrawn(used)).then().statusCode(200);
        ConsentsApi.check(customer, used).then().body("reason", equalTo("WITHDRAWN"));
    }

    /**
     * Who gives holds the purpose's row FOR KEY SHARE, who deletes waits for it, and then the
     * foreign key consent_record_has_a_purpose refuses.
     */
    @RepeatedTest(5)
    void of_a_giving_and_a_deletion_at_once_one_is_refused() {
        String purpose = purpose();
        UUID customer = registered("{}");

        List<Integer> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? give(customer, given(purpose)).statusCode()
                                        : delete(purpose, "*").statusCode());

        assertThat(answers).isIn(List.of(201, 409), List.of(400, 200));
    }

    @Test
    void of_many_who_make_one_purpose_one_does() {
        String key = newKey();

        List<Integer> answers =
                AtOnce.run(
                        8,
                        n ->
                                put(key, "If-None-Match", "*", terms("null", n % 2 == 0, true))
                                        .statusCode());

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 412);
    }

    @Test
    void of_many_who_change_one_version_one_does() {
        String key = purpose();

        List<Integer> answers =
                AtOnce.run(
                        8,
                        n ->
                                put(
                                                key,
                                                "If-Match",
                                                "\"1\"",
                                                terms("\"P%dD\"".formatted(n + 1), false, true))
                                        .statusCode());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 412);
    }

    @Test
    void pages_hold_each_purpose_once_in_the_order_of_keys() {
        List<String> made = List.of(purpose(), purpose(), purpose());
        List<String> listed = new ArrayList<>();
        @Nullable String after = null;
        do {
            var request = agent().queryParam("limit", 100);
            Response page =
                    (after == null ? request : request.queryParam("after", after))
                            .get("/consent-purposes");
            page.then().statusCode(200);
            listed.addAll(page.path("items.key"));
            after = page.path("next");
        } while (after != null);

        assertThat(listed).containsAll(made).doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_said_is_absent() {
        agent().get("/consent-purposes/{purpose}", purpose())
                .then()
                .body("$", not(hasKey("validity")))
                .body("$", not(hasKey("description")));
        agent().get("/consent-purposes/{purpose}", newKey())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-consent-purpose"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"title\": {}                    | /title",
                "\"title\": null                  | /title",
                "\"title\": {\"english\": \"x\"}  | /title/english",
                "\"title\": {\"en\": \"\"}        | /title/en",
                "\"title\": {\"en\": null}        | /title/en",
                "\"title\": {\"en\": \"a\\u0000\"} | /title/en",
                "\"title\": [\"x\"]               | /title",
                "\"description\": {\"en\": \" \"} | /description/en",
                "\"channels\": []                 | /channels",
                "\"channels\": [\"FAX\"]          | /channels/0",
                "\"channels\": null               | /channels",
                "\"validity\": \"2 years\"        | /validity",
                "\"validity\": \"P0D\"            | /validity",
                "\"validity\": \"P-1Y\"           | /validity",
                "\"validity\": \"P1Y-3M\"         | /validity",
                "\"validity\": \"P101Y\"          | /validity",
                "\"validity\": \"P99999999Y\"     | /validity",
                "\"validity\": 3                  | /validity",
                "\"doubleOptIn\": null            | /doubleOptIn",
                "\"active\": \"yes\"              | /active",
                "\"key\": \"other\"               | /key",
                "\"version\": 7                   | /version",
            })
    void a_wrong_field_is_named(String field, String pointer) {
        String name = field.substring(0, field.indexOf(':'));
        String terms =
                "{%s}"
                        .formatted(
                                List.of(
                                                "\"title\": {\"en\": \"News\"}",
                                                "\"channels\": [\"EMAIL\"]",
                                                "\"doubleOptIn\": false",
                                                "\"active\": true",
                                                field)
                                        .stream()
                                        .filter(
                                                member ->
                                                        member.equals(field)
                                                                || !member.startsWith(name + ":"))
                                        .reduce((one, other) -> one + ", " + other)
                                        .orElseThrow());
        put(newKey(), "If-None-Match", "*", terms)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"News", "1st", "a--b", "a_b", "-a", "a-", "naïve", "a b"})
    void a_key_is_a_slug(String key) {
        put(key, "If-None-Match", "*", terms("null", false, true))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-purpose-key"));
        put("a".repeat(65), "If-None-Match", "*", terms("null", false, true))
                .then()
                .statusCode(400);
    }

    private static Response delete(String key, @Nullable String ifMatch) {
        var request = manager();
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .delete("/consent-purposes/{purpose}", key);
    }
}
