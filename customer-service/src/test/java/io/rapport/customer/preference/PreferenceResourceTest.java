package io.rapport.customer.preference;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.preference.PreferencesApi.forget;
import static io.rapport.customer.preference.PreferencesApi.read;
import static io.rapport.customer.preference.PreferencesApi.stated;
import static io.rapport.customer.preference.PreferencesApi.tell;
import static io.rapport.customer.preference.PreferencesApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PreferenceResourceTest {

    private static final String OBSERVED = ", \"confidence\": 0.7";

    @Test
    void what_is_told_holds_and_tells_how_it_was_learnt() {
        UUID customer = registered("{}");
        tell(
                        customer,
                        "quiet-hours",
                        told(
                                "STATED",
                                "{\"from\": \"22:00\", \"to\": \"07:30\"}",
                                ", \"at\": \"2026-11-20T10:14:05+01:00\""))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("key", equalTo("quiet-hours"))
                .body("kind", equalTo("PREFERENCE"))
                .body("value.from", equalTo("22:00"))
                .body("learnt", equalTo("STATED"))
                .body("source", equalTo("crm"))
                .body("at", equalTo("2026-11-20T09:14:05Z"))
                .body("confidence", equalTo(1))
                .body("why", equalTo("Nothing else is known."))
                .body("others", empty());
        tell(
                        customer,
                        "reply-within",
                        told("OBSERVED", "\"a day\"", OBSERVED + ", \"kind\": \"EXPECTATION\""))
                .then()
                .statusCode(200)
                .body("kind", equalTo("EXPECTATION"))
                .body("confidence", equalTo(0.7f));

        agent().get("/customers/{id}/preferences", customer)
                .then()
                .statusCode(200)
                .body("items.key", contains("quiet-hours", "reply-within"));
        get(customer)
                .then()
                .header("ETag", "\"3\"")
                .body("preferences.key", contains("quiet-hours", "reply-within"))
                .body("preferences[0].value.to", equalTo("07:30"));
        read(customer, "drink").then().statusCode(404).body("code", equalTo("unknown-preference"));
    }

    @Test
    void a_stated_one_is_never_overwritten_by_what_was_observed_or_inferred() {
        UUID customer = registered("{}");
        tell(customer, "drink", stated("\"tea\"")).then().statusCode(200);
        tell(customer, "drink", told("INFERRED", "\"coffee\"", ", \"confidence\": 0.9"))
                .then()
                .statusCode(200)
                .body("value", equalTo("tea"));
        tell(customer, "drink", told("OBSERVED", "\"water\"", OBSERVED))
                .then()
                .statusCode(200)
                .body("value", equalTo("tea"))
                .body("why", equalTo("STATED holds before OBSERVED and INFERRED."))
                .body("others.learnt", contains("OBSERVED", "INFERRED"))
                .body("others.value", contains("water", "coffee"));

        agent().header("If-Match", "*")
                .queryParam("learnt", "STATED")
                .delete("/customers/{id}/preferences/drink", customer)
                .then()
                .statusCode(200);
        read(customer, "drink").then().body("value", equalTo("water"));
        forget(customer, "drink").then().statusCode(200).body("$", not(hasKey("preferences")));
        forget(customer, "drink").then().statusCode(404);
    }

    @Test
    void of_what_was_learnt_in_one_way_the_newer_holds_and_the_older_is_in_the_history() {
        UUID customer = registered("{}");
        tell(customer, "drink", at("\"tea\"", "2026-11-01T00:00:00Z")).then().statusCode(200);
        tell(customer, "drink", at("\"coffee\"", "2026-11-02T00:00:00Z"))
                .then()
                .statusCode(200)
                .body("value", equalTo("coffee"));
        tell(customer, "drink", at("\"milk\"", "2026-10-31T00:00:00Z"))
                .then()
                .statusCode(409)
                .body("code", equalTo("newer-preference-known"));

        Response history =
                agent().queryParam("path", "/preferences").get("/customers/{id}/history", customer);
        history.then()
                .body("items", hasSize(3))
                .body("items[0].path", equalTo("/preferences/drink:STATED"))
                .body("items[0].oldValue.value", equalTo("tea"))
                .body("items[0].newValue.value", equalTo("coffee"));
        agent().header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .post(
                        "/customers/{id}/history/{change}/restore",
                        customer,
                        history.path("items[0].id"))
                .then()
                .statusCode(200)
                .body("preferences.value", contains("tea"));
        agent().queryParam("asOf", history.<String>path("items[1].at"))
                .get("/customers/{id}", customer)
                .then()
                .body("preferences.value", contains("tea"));
    }

    private static String at(String value, String at) {
        return told("STATED", value, ", \"at\": \"%s\"".formatted(at));
    }

    @Test
    void telling_the_same_again_changes_nothing() {
        UUID customer = registered("{}");
        tell(customer, "limit", stated("2.50")).then().header("ETag", "\"2\"");
        tell(customer, "limit", stated("2.5")).then().statusCode(200).header("ETag", "\"2\"");
        tell(customer, "limit", at("2.5", "2026-11-20T00:00:00Z"))
                .then()
                .statusCode(409)
                .body("code", equalTo("newer-preference-known"));
        tell(customer, "limit", stated("3")).then().statusCode(200).header("ETag", "\"3\"");
    }

    @Test
    void a_change_is_made_on_the_version_that_was_read() {
        UUID customer = registered("{}");
        tell(agent(), customer, "drink", stated("\"tea\"")).then().statusCode(428);
        tell(agent().header("If-Match", "\"1\""), customer, "drink", stated("\"tea\""))
                .then()
                .statusCode(200);
        tell(agent().header("If-Match", "\"1\""), customer, "drink", stated("\"milk\""))
                .then()
                .statusCode(412);
    }

    /**
     * The primary key of customer_preference keeps what was learnt in different ways apart; the
     * guarded update of the customer's row lets one writer after the other look at what is known.
     */
    @RepeatedTest(3)
    void of_many_who_tell_at_once_the_newest_stated_one_holds() throws Exception {
        UUID customer = registered("{}");
        tell(customer, "drink", at("\"s0\"", "2026-11-01T00:00:00Z")).then().statusCode(200);

        List<Integer> answers =
                AtOnce.run(
                        9,
                        n ->
                                tell(
                                                customer,
                                                "drink",
                                                told(
                                                        n % 3 == 0
                                                                ? "STATED"
                                                                : n % 3 == 1
                                                                        ? "OBSERVED"
                                                                        : "INFERRED",
                                                        "\"n%d\"".formatted(n),
                                                        ", \"confidence\": 1, \"at\": \"2026-11-1%dT00:00:00Z\""
                                                                .formatted(n)))
                                        .statusCode());

        assertThat(answers).containsOnly(200, 409).contains(200);
        read(customer, "drink")
                .then()
                .body("learnt", equalTo("STATED"))
                .body("value", equalTo("n6"))
                .body("others.value", contains("n7", "n8"));
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM customer_preference WHERE customer_id = ?",
                                        customer))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drink | {\"a\": 1} | /value",
                "drink | [\"a\"] | /value",
                "drink | \"\" | /value",
                "drink | \"a\\u0000b\" | /value",
                "drink | \"\\ud83d\" | /value",
                "drink | null | /value",
                "drink | 1e999999 | /value",
                "contact-rhythm | 2 | /value",
                "contact-rhythm | {\"atMost\": -1, \"within\": \"P7D\"} | /value",
                "contact-rhythm | {\"atMost\": 101, \"within\": \"P7D\"} | /value",
                "contact-rhythm | {\"atMost\": 1.5, \"within\": \"P7D\"} | /value",
                "contact-rhythm | {\"atMost\": 1, \"within\": \"PT7H\"} | /value",
                "contact-rhythm | {\"atMost\": 1, \"within\": \"P0D\"} | /value",
                "contact-rhythm | {\"atMost\": 1, \"within\": \"P2Y\"} | /value",
                "contact-rhythm | {\"atMost\": 1, \"within\": \"P7D\", \"x\": 1} | /value",
                "quiet-hours | {\"from\": \"22:00\"} | /value",
                "quiet-hours | {\"from\": \"22:00\", \"to\": \"24:30\"} | /value",
                "quiet-hours | {\"from\": \"22:00\", \"to\": \"22:00\"} | /value",
                "quiet-hours | {\"from\": \"22:00:01\", \"to\": \"07:00\"} | /value",
                "quiet-hours | {\"from\": 22, \"to\": 7} | /value",
                "preferred-channels | \"EMAIL\" | /value",
                "preferred-channels | [] | /value",
                "preferred-channels | [\"FAX\"] | /value",
                "avoided-channels | [\"EMAIL\", \"EMAIL\"] | /value",
                "avoided-channels | [\"EMAIL\", null] | /value",
            })
    void a_value_is_what_its_key_asks_for(String key, String value, String pointer) {
        UUID customer = registered("{}");
        tell(customer, key, stated(value))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
        get(customer).then().header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\": 1, \"source\": \"crm\"} | /learnt",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"GUESSED\"} | /learnt",
                "{\"value\": 1, \"learnt\": \"STATED\"} | /source",
                "{\"value\": 1, \"source\": \"C R M\", \"learnt\": \"STATED\"} | /source",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"OBSERVED\"} | /confidence",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"confidence\": 1.1} | /confidence",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"confidence\": -0.1} | /confidence",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"confidence\": 0.0001} | /confidence",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"at\": \"2999-01-01T00:00:00Z\"} | /at",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"at\": \"1899-01-01T00:00:00Z\"} | /at",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"kind\": \"WISH\"} | /kind",
                "{\"value\": 1, \"source\": \"crm\", \"learnt\": \"STATED\", \"key\": \"x\"} | /key",
            })
    void a_wrong_field_is_named(String told, String pointer) {
        tell(registered("{}"), "drink", told)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void what_binds_us_is_a_preference() {
        tell(
                        registered("{}"),
                        "avoided-channels",
                        told("STATED", "[\"PHONE\"]", ", \"kind\": \"EXPECTATION\""))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/kind"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Drink", "a--b", "a_b", "1st", "ä"})
    void a_key_is_a_slug(String key) {
        tell(registered("{}"), key, stated("1"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-preference-key"));
        tell(registered("{}"), "a".repeat(65), stated("1")).then().statusCode(400);
    }

    @Test
    void text_is_kept_as_it_is_in_any_script() {
        UUID customer = registered("{}");
        String text = "שלום 👩‍👩‍👧 e\u0301";
        tell(customer, "greeting", stated("\"%s\"".formatted(text)))
                .then()
                .body("value", equalTo(text));
        read(customer, "greeting").then().body("value", equalTo(text));
    }

    @Test
    void staff_read_them_agents_tell_them_and_partners_see_none() {
        String externalId = newExternalId();
        UUID customer = known(externalId);
        tell(customer, "drink", stated("\"tea\"")).then().statusCode(200);
        String partner = Tokens.partner("shop");

        as(Tokens.admin()).get("/customers/{id}/preferences", customer).then().statusCode(200);
        tell(as(Tokens.admin()).header("If-Match", "*"), customer, "drink", stated("\"x\""))
                .then()
                .statusCode(403);
        as(partner).get("/customers/{id}/preferences", customer).then().statusCode(403);
        tell(as(partner).header("If-Match", "*"), customer, "drink", stated("\"x\""))
                .then()
                .statusCode(403);
        getBy(as(partner), "shop", externalId).then().body("$", not(hasKey("preferences")));
    }
}
