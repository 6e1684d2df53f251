package io.rapport.customer.history;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class HistoryResourceTest {

    @Test
    void each_change_tells_old_and_new_who_why_and_when() {
        String actor = "agent-" + newExternalId();
        UUID customer = registered("{\"givenName\": \"Ada\", \"language\": \"en\"}");
        Response changed =
                as(Tokens.builder().roles("agent").subject(actor).sign())
                        .header("If-Match", "*")
                        .header("Rapport-Reason", "Gew%C3%BCnscht by phone")
                        .contentType("application/merge-patch+json")
                        .body(
                                "{\"givenName\": \"Augusta\", \"language\": null, \"tags\": [\"vip\"]}")
                        .patch("/customers/{c}", customer);
        changed.then().statusCode(200);

        Response history = history(customer, Map.of());

        history.then()
                .statusCode(200)
                .body("next", equalTo(null))
                .body("items.path", equalTo(List.of("/tags", "/language", "/givenName", "")))
                .body("items.version", equalTo(List.of(2, 2, 2, 1)))
                .body("items[0]", not(hasKey("oldValue")))
                .body("items[0].newValue", equalTo(List.of("vip")))
                .body("items[1].oldValue", equalTo("en"))
                .body("items[1]", not(hasKey("newValue")))
                .body("items[2].oldValue", equalTo("Ada"))
                .body("items[2].newValue", equalTo("Augusta"))
                .body("items[2].actor", equalTo(actor))
                .body("items[2].reason", equalTo("Gewünscht by phone"))
                .body("items[2].at", equalTo(changed.path("updatedAt")))
                .body("items[2].correlationId", notNullValue())
                .body("items[3].actor", notNullValue())
                .body("items[3]", not(hasKey("reason")))
                .body(
                        "items[3].newValue",
                        equalTo(Map.of("/kind", "PERSON", "/givenName", "Ada", "/language", "en")));
    }

    @Test
    void what_was_refused_or_changed_nothing_is_not_in_it() {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        patch(customer, "*", "{\"givenName\": \"Ada\"}").then().statusCode(200);
        patch(customer, "\"7\"", "{\"givenName\": \"B\"}").then().statusCode(412);
        patch(customer, "*", "{\"country\": \"UK\"}").then().statusCode(400);

        history(customer, Map.of()).then().body("items.path", equalTo(List.of("")));
    }

    /** The lock of the customer's row numbers them; the primary key would refuse a number twice. */
    @Test
    void writers_at_once_are_each_in_it_once() {
        UUID customer = registered("{}");

        AtOnce.run(8, n -> patch(customer, "*", "{\"givenName\": \"Ada %d\"}".formatted(n)));

        assertThat(
                        history(customer, Map.of("path", "/givenName"))
                                .<List<Integer>>path("items.version"))
                .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void pages_hold_each_change_once_though_others_arrive_meanwhile() {
        UUID customer = registered("{}");
        for (int i = 0; i < 5; i++) {
            patch(
                            customer,
                            "*",
                            "{\"givenName\": \"A%d\", \"familyName\": \"B%d\"}".formatted(i, i))
                    .then()
                    .statusCode(200);
        }

        List<String> ids = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page =
                    history(
                            customer,
                            after == null
                                    ? Map.of("limit", 2)
                                    : Map.of("limit", 2, "after", after));
            ids.addAll(page.path("items.id"));
            after = page.path("next");
            patch(customer, "*", "{\"occupation\": \"%s\"}".formatted(newExternalId()));
        } while (after != null);

        assertThat(ids)
                .containsExactly(
                        "6.1", "6.0", "5.1", "5.0", "4.1", "4.0", "3.1", "3.0", "2.1", "2.0",
                        "1.0");
    }

    @Test
    void it_is_filtered_by_path_actor_and_time() {
        String other = "agent-" + newExternalId();
        UUID customer = registered("{}");
        String mail = contactPoint(customer);
        Response changed = patch(customer, "*", "{\"givenName\": \"Ada\"}");
        CustomersApi.as(Tokens.builder().roles("agent").subject(other).sign())
                .header("If-Match", "*")
                .delete(mail)
                .then()
                .statusCode(200);

        assertThat(versions(customer, Map.of("path", "/contactPoints"))).containsExactly(4, 2, 1);
        assertThat(versions(customer, Map.of("path", mail.replaceFirst(".*/", "/contactPoints/"))))
                .containsExactly(4, 2, 1);
        assertThat(versions(customer, Map.of("path", "/given"))).containsExactly(1);
        assertThat(versions(customer, Map.of("actor", other))).containsExactly(4);
        String at = changed.path("updatedAt");
        assertThat(versions(customer, Map.of("from", at))).containsExactly(4, 3);
        assertThat(versions(customer, Map.of("to", at))).containsExactly(2, 1);
        String next = history(customer, Map.of("limit", 1)).path("next");
        history(customer, Map.of("after", next, "path", "/givenName"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    private static List<Integer> versions(UUID customer, Map<String, Object> filter) {
        return history(customer, filter).path("items.version");
    }

    @ParameterizedTest
    @CsvSource({
        "path, givenName",
        "path, /a/b/c/d",
        "from, yesterday",
        "to, 2026-11-21",
        "limit, 101",
        "after, nonsense",
    })
    void a_filter_that_cannot_be_is_refused(String parameter, String value) {
        history(registered("{}"), Map.of(parameter, value))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].parameter", equalTo(parameter));
    }

    @ParameterizedTest
    @CsvSource({"path, /a\0b", "actor, a\0b"})
    void a_zero_byte_in_a_filter_is_refused(String parameter, String value) {
        history(registered("{}"), Map.of(parameter, value))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "a%00b", "a%0Ab", "%20"})
    void a_reason_that_cannot_be_kept_is_refused_and_nothing_is_written(String reason) {
        UUID customer = registered("{}");

        agent().header("If-Match", "*")
                .header("Rapport-Reason", reason)
                .contentType("application/merge-patch+json")
                .body("{\"givenName\": \"Ada\"}")
                .patch("/customers/{c}", customer)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-reason"));
        get(customer).then().header("ETag", "\"1\"");
    }

    @Test
    void a_customer_is_read_as_it_was_at_each_time() {
        UUID friend = registered("{}");
        UUID customer = registered("{\"givenName\": \"Ada\", \"tags\": [\"a\"]}");
        List<Response> states = new ArrayList<>(List.of(get(customer)));
        String mail = contactPoint(customer);
        states.add(get(customer));
        patch(customer, "*", "{\"givenName\": \"Augusta\", \"tags\": null}");
        states.add(get(customer));
        relate(customer, "referred-by", friend, "*");
        states.add(get(customer));
        agent().header("If-Match", "*").delete(mail);
        states.add(get(customer));
        patch(customer, "*", "{\"givenName\": \"Ada\", \"lifecycleStage\": \"CUSTOMER\"}");
        states.add(get(customer));

        for (Response state : states) {
            Response past = asOf(customer, state.path("updatedAt"));
            past.then().statusCode(200).header("ETag", state.header("ETag"));
            assertThat(past.<Map<String, Object>>path("$")).isEqualTo(state.path("$"));
        }
        asOf(customer, "2026-01-01T00:00:00Z")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-known-then"));
        asOf(customer, "9999-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", equalTo("asOf"));
        asOf(customer, "yesterday").then().statusCode(400);
        asOf(UUID.randomUUID(), "2026-01-01T00:00:00Z")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    /** As migration 1013 found the customers that were there. */
    @Test
    void a_customer_of_before_the_history_is_read_from_its_last_change_on() throws Exception {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        String changed = patch(customer, "*", "{\"givenName\": \"Grace\"}").path("updatedAt");
        String created = get(customer).path("createdAt");
        Databases.asOwner().execute("DELETE FROM customer_change WHERE customer_id = ?", customer);

        incomplete(customer, created, changed);
        asOf(customer, changed).then().statusCode(200).body("givenName", equalTo("Grace"));

        String last = patch(customer, "*", "{\"givenName\": \"Edith\"}").path("updatedAt");
        incomplete(customer, changed, last);
        asOf(customer, last).then().statusCode(200).body("givenName", equalTo("Edith"));
        asOf(customer, "2026-01-01T00:00:00Z").then().statusCode(404);
    }

    /** As a service of the version before the history writes while it is replaced. */
    @Test
    void a_version_that_the_history_lacks_is_not_passed_over() throws Exception {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        String before = get(customer).path("updatedAt");
        Databases.asOwner()
                .execute(
                        """
                        UPDATE customer SET given_name = 'Grace', version = 2,
                            updated_at = updated_at + interval '1 microsecond'
                        WHERE id = ?""",
                        customer);
        String without = get(customer).path("updatedAt");

        incomplete(customer, before, without);
        asOf(customer, without).then().statusCode(200).body("givenName", equalTo("Grace"));

        String after = patch(customer, "*", "{\"familyName\": \"Hopper\"}").path("updatedAt");
        patch(customer, "*", "{\"familyName\": \"Murray\"}").then().statusCode(200);
        incomplete(customer, before, after);
        incomplete(customer, without, after);
        asOf(customer, after)
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("givenName", equalTo("Grace"))
                .body("familyName", equalTo("Hopper"));
    }

    private static void incomplete(UUID customer, String asOf, String since) {
        asOf(customer, asOf)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("history-incomplete"))
                .body("since", equalTo(since));
    }

    @Test
    void a_customer_of_before_is_read_by_identity_too() {
        String externalId = newExternalId();
        Response made = put("shop", externalId, "{\"givenName\": \"Ada\"}");
        put("shop", externalId, "{\"givenName\": \"Grace\"}").then().statusCode(200);

        asOf("shop:" + externalId, made.path("createdAt"))
                .then()
                .body("givenName", equalTo("Ada"))
                .body("identities", equalTo(made.path("identities")));
    }

    @Test
    void one_value_is_restored_and_the_others_stay() {
        UUID customer = registered("{\"givenName\": \"Ada\", \"country\": \"GB\"}");
        patch(customer, "*", "{\"givenName\": \"Grace\", \"country\": \"US\"}");
        patch(customer, "*", "{\"occupation\": \"admiral\"}");
        String key = UUID.randomUUID().toString();

        Response restored = restore(customer, "2.1", key, "\"3\"");

        restored.then()
                .statusCode(200)
                .header("ETag", "\"4\"")
                .body("givenName", equalTo("Ada"))
                .body("country", equalTo("US"))
                .body("occupation", equalTo("admiral"));
        restore(customer, "2.1", key, "\"3\"")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .header("ETag", "\"4\"");
        history(customer, Map.of("limit", 1))
                .then()
                .body("items[0].path", equalTo("/givenName"))
                .body("items[0].oldValue", equalTo("Grace"))
                .body("items[0].newValue", equalTo("Ada"));
        // What was nothing is nothing again, and what is so already is no change.
        restore(customer, "3.0", "*").then().statusCode(200).body("$", not(hasKey("occupation")));
        restore(customer, "3.0", "*").then().statusCode(200).header("ETag", "\"5\"");
    }

    @Test
    void what_was_taken_away_comes_back_under_its_id() {
        UUID friend = registered("{}");
        UUID customer = registered("{}");
        String mail = contactPoint(customer);
        relate(customer, "referred-by", friend, "*").then().statusCode(200);
        Response before = get(customer);
        agent().header("If-Match", "*").delete(mail).then().statusCode(200);
        agent().header("If-Match", "*")
                .delete("/customers/{c}/relations/referred-by/{f}", customer, friend)
                .then()
                .statusCode(200);

        restore(customer, "4.0", "*").then().statusCode(200);
        restore(customer, "5.0", "*")
                .then()
                .statusCode(200)
                .body("contactPoints", equalTo(before.path("contactPoints")))
                .body("relations", equalTo(before.path("relations")));
    }

    @Test
    void a_restored_value_obeys_the_rules_of_today() throws Exception {
        UUID customer = registered("{}");
        String mail = contactPoint(customer);
        agent().header("If-Match", "*").delete(mail).then().statusCode(200);
        contactPoint(customer);
        restore(customer, "3.0", "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("contact-point-exists"));

        UUID friend = registered("{}");
        relate(customer, "household", friend, "*").then().statusCode(200);
        agent().header("If-Match", "*")
                .delete("/customers/{c}/relations/household/{f}", customer, friend)
                .then()
                .statusCode(200);
        relate(friend, "household", customer, "*").then().statusCode(200);
        restore(customer, "6.0", "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-runs-in-a-circle"));

        // As if the country had been one when it was taken in.
        patch(customer, "*", "{\"country\": \"GB\"}").then().statusCode(200);
        Databases.asOwner()
                .execute(
                        "UPDATE customer_change SET old_value = '\"UK\"' WHERE customer_id = ? AND path = '/country'",
                        customer);
        restore(customer, "7.0", "*")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/country"));
    }

    /** Each relation was possible when it was made; together they are one too many. */
    @ParameterizedTest
    @CsvSource({"household, 1", "works-for, 10"})
    void a_restored_relation_needs_room(String type, int most) {
        UUID customer = registered("{}");
        UUID left = registered("{}");
        relate(customer, type, left, "*").then().statusCode(200);
        agent().header("If-Match", "*")
                .delete("/customers/{c}/relations/{type}/{r}", customer, type, left)
                .then()
                .statusCode(200);
        for (int i = 0; i < most; i++) {
            relate(customer, type, registered("{}"), "*").then().statusCode(200);
        }
        String version = get(customer).header("ETag");

        restore(customer, "3.0", "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-relations"));

        get(customer).then().header("ETag", version).body("relations.size()", equalTo(most));
    }

    @Test
    void only_a_change_of_this_customer_is_restored_on_the_version_that_was_read() {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        patch(customer, "*", "{\"givenName\": \"Grace\"}").then().statusCode(200);

        restore(customer, "1.0", "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-restorable"));
        for (String unknown : List.of("9.0", "2.1", "x", "2", "99999999999999999999.0")) {
            restore(customer, unknown, "*")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-change"));
        }
        restore(UUID.randomUUID(), "2.0", "*").then().statusCode(404);
        restore(customer, "2.0", "\"1\"").then().statusCode(412);
        agent().header("Idempotency-Key", "k")
                .post("/customers/{c}/history/2.0/restore", customer)
                .then()
                .statusCode(428);
        agent().header("If-Match", "*")
                .post("/customers/{c}/history/2.0/restore", customer)
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"));
    }

    @Test
    void what_stands_in_it_is_not_written_anew_but_can_be_erased() throws Exception {
        UUID customer = registered("{}");
        Databases application = Databases.asApplication();

        assertThatThrownBy(
                        () ->
                                application.execute(
                                        "UPDATE customer_change SET actor = 'x' WHERE customer_id = ?",
                                        customer))
                .hasMessageContaining("permission denied");
        application.execute("DELETE FROM customer_change WHERE customer_id = ?", customer);
        history(customer, Map.of()).then().body("items.size()", equalTo(0));
    }

    /** Adds an e-mail address and answers its path. */
    private static String contactPoint(UUID customer) {
        Response added =
                agent().header("Idempotency-Key", UUID.randomUUID())
                        .contentType(ContentType.JSON)
                        .body("{\"kind\": \"EMAIL\", \"value\": \"ada@example.org\"}")
                        .post("/customers/{c}/contact-points", customer);
        added.then().statusCode(201);
        return added.header("Location");
    }

    private static Response history(UUID customer, Map<String, Object> parameters) {
        return agent().queryParams(parameters).get("/customers/{c}/history", customer);
    }

    private static Response asOf(Object customer, String time) {
        return agent().queryParam("asOf", time).get("/customers/{c}", customer);
    }

    private static Response restore(UUID customer, String change, String ifMatch) {
        return restore(customer, change, UUID.randomUUID().toString(), ifMatch);
    }

    private static Response restore(UUID customer, String change, String key, String ifMatch) {
        return agent().header("Idempotency-Key", key)
                .header("If-Match", ifMatch)
                .post("/customers/{c}/history/{change}/restore", customer, change);
    }
}
