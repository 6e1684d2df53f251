package io.rapport.interaction.type;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.type.VocabularyApi.delete;
import static io.rapport.interaction.type.VocabularyApi.make;
import static io.rapport.interaction.type.VocabularyApi.newSlug;
import static io.rapport.interaction.type.VocabularyApi.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.fact.FactsApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under what customers tell us something is data that managers keep. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FactKeyResourceTest {

    private static final String LIST = "fact-keys";

    @Test
    void a_manager_makes_a_key_and_it_is_told_under_at_once() {
        String code = newSlug();

        make(LIST, code, terms("NEED", "P1M", true))
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString("/interactions/fact-keys/" + code))
                .body("used", equalTo(false))
                .body("validity", equalTo("P1M"));

        tell(code)
                .then()
                .statusCode(201)
                .body("topic", equalTo("garden"))
                .body("kind", equalTo("NEED"))
                .body("validUntil", equalTo("2026-12-20T09:14:05.250Z"));
        agent().get("/interactions/fact-keys/{code}", code)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("used", equalTo(true));
        agent().header("If-None-Match", "\"1\"")
                .get("/interactions/fact-keys/{code}", code)
                .then()
                .statusCode(304);
        delete(LIST, code, "*").then().statusCode(409).body("code", equalTo("fact-key-in-use"));
        agent().queryParam("limit", 100)
                .get("/interactions/fact-keys")
                .then()
                .body("items.code", hasItem("household-size"));
    }

    @Test
    void one_is_made_once_and_changed_on_the_version_that_was_read() {
        String code = newSlug();
        put(LIST, code, null, "", terms("NEED", "P1Y", true)).then().statusCode(428);
        put(LIST, code, "If-None-Match", "*", terms("NEED", "P1Y", true)).then().statusCode(201);
        put(LIST, code, "If-None-Match", "*", terms("NEED", "P1Y", true)).then().statusCode(412);
        put(LIST, code, "If-Match", "\"1\"", terms("PROBLEM", "P2Y", true))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("kind", equalTo("PROBLEM"));
        put(LIST, code, "If-Match", "\"1\"", terms("NEED", "P1Y", true)).then().statusCode(412);
        delete(LIST, code, "\"1\"").then().statusCode(412);
        delete(LIST, code, "\"2\"").then().statusCode(200);
        agent().get("/interactions/fact-keys/{code}", code).then().statusCode(404);
        tell(code).then().statusCode(400);
    }

    @Test
    void its_kind_stays_once_something_was_told_and_under_a_retired_one_nothing_is() {
        String code = newSlug();
        make(LIST, code, terms("NEED", "P1Y", true)).then().statusCode(201);
        String fact = tell(code).path("id");

        put(LIST, code, "If-Match", "*", terms("PROBLEM", "P1Y", true))
                .then()
                .statusCode(409)
                .body("code", equalTo("fact-key-in-use"))
                .body("errors[0].pointer", equalTo("/kind"));
        put(LIST, code, "If-Match", "*", terms("NEED", "P1D", false)).then().statusCode(200);

        tell(code)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/key"))
                .body("errors[0].reason", containsString("is retired"));
        FactsApi.read(fact)
                .then()
                .statusCode(200)
                .body("validUntil", equalTo("2027-11-20T09:14:05.250Z"));
        FactsApi.correct(fact, 1, "Other roses").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                            | /label",
                "{'label': 'L', 'topic': 'A b', 'kind': 'NEED', 'validity': 'P1Y'}             | /topic",
                "{'label': 'L', 'topic': 't', 'kind': 'WISH', 'validity': 'P1Y'}               | /kind",
                "{'label': 'L', 'topic': 't', 'kind': 'NEED', 'validity': 'soon'}              | /validity",
                "{'label': 'L', 'topic': 't', 'kind': 'NEED', 'validity': 'P0D'}               | /validity",
                "{'label': 'L', 'topic': 't', 'kind': 'NEED', 'validity': 'P-1D'}              | /validity",
                "{'label': 'L', 'topic': 't', 'kind': 'NEED', 'validity': 'P11Y'}              | /validity",
                "{'label': 'L', 'topic': 't', 'kind': 'NEED', 'validity': 'P1Y', 'used': true} | /used",
            })
    void terms_that_cannot_be_are_refused_at_their_place(String terms, String pointer) {
        make(LIST, newSlug(), terms.replace('\'', '"'))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @CsvSource({"Household", "two--parts", "1st"})
    void codes_have_one_form(String code) {
        make(LIST, code, terms("NEED", "P1Y", true))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-fact-key-code"));
    }

    /** The row of the list, which the first fact marks and a deletion takes away. */
    @RepeatedTest(3)
    void one_that_is_deleted_while_it_is_told_under_is_gone_or_stays_for_good()
            throws SQLException {
        String code = newSlug();
        make(LIST, code, terms("NEED", "P1Y", true)).then().statusCode(201);
        var customer = newCustomer();
        List<String> interactions =
                IntStream.range(0, 9).mapToObj(i -> FactsApi.interaction(customer)).toList();

        List<Integer> statuses =
                AtOnce.run(
                        9,
                        caller ->
                                caller == 4
                                        ? delete(LIST, code, "*").statusCode()
                                        : tell(interactions.get(caller), code).statusCode());

        int deleted = statuses.get(4);
        List<Integer> told = new ArrayList<>(statuses);
        told.remove(4);
        assertThat(deleted).isIn(200, 409);
        assertThat(told).containsOnly(deleted == 200 ? 400 : 201);
        assertThat(Databases.asOwner().number("SELECT count(*) FROM fact_key WHERE code = ?", code))
                .isEqualTo(deleted == 200 ? 0 : 1);
    }

    private static Response tell(String code) {
        return tell(FactsApi.interaction(newCustomer()), code);
    }

    private static Response tell(String interaction, String code) {
        return agent().header("Idempotency-Key", newId())
                .contentType(ContentType.JSON)
                .body(Map.of("key", code, "learnt", "STATED", "value", "Roses"))
                .post("/interactions/{interaction}/facts", interaction);
    }

    private static String terms(String kind, String validity, boolean active) {
        return "{\"label\": \"A key\", \"topic\": \"garden\", \"kind\": \"%s\", \"validity\": \"%s\", \"active\": %s}"
                .formatted(kind, validity, active);
    }
}
