package io.rapport.interaction.type;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.type.VocabularyApi.delete;
import static io.rapport.interaction.type.VocabularyApi.make;
import static io.rapport.interaction.type.VocabularyApi.newSlug;
import static io.rapport.interaction.type.VocabularyApi.newType;
import static io.rapport.interaction.type.VocabularyApi.newWord;
import static io.rapport.interaction.type.VocabularyApi.put;
import static io.rapport.interaction.type.VocabularyApi.type;
import static io.rapport.interaction.type.VocabularyApi.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What interactions can be is data that managers keep. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class VocabularyResourceTest {

    @Inject ShiftableClock clock;

    @Test
    void a_manager_makes_a_type_and_it_is_recorded_with_at_once() {
        String code = newWord();
        Response made =
                make(
                        "types",
                        code,
                        """
                        {"label": "Repair", "icon": "wrench", "amountRule": "NOT_NEGATIVE",
                         "schema": {"type": "object", "properties": {"parts": {"type": "integer"}}}}""");
        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString("/interactions/types/" + code))
                .body("used", equalTo(false))
                .body("active", equalTo(true));

        Customer customer = newCustomer();
        post(with(purchase(customer), "type", code)).then().statusCode(201);
        post(with(with(purchase(customer), "type", code), "amount", null))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/amount"));
        agent().get("/interactions/types/{code}", code)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("code", equalTo(code))
                .body("label", equalTo("Repair"))
                .body("icon", equalTo("wrench"))
                .body("amountRule", equalTo("NOT_NEGATIVE"))
                .body("schema.properties.parts.type", equalTo("integer"))
                .body("used", equalTo(true))
                .body("createdAt", equalTo(made.path("createdAt")));
        agent().header("If-None-Match", "\"1\"")
                .get("/interactions/types/{code}", code)
                .then()
                .statusCode(304);
    }

    @Test
    void what_was_there_before_managers_kept_it_is_built_in() {
        as(Tokens.partner("shop"))
                .queryParam("limit", 100)
                .get("/interactions/channels")
                .then()
                .statusCode(200)
                .body("items.code", hasItem("WEB"));
        agent().get("/interactions/types/PURCHASE")
                .then()
                .body("icon", equalTo("shopping-cart"))
                .body("used", equalTo(true))
                .body("$", not(hasKey("schema")));
        delete("types", "PURCHASE", "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("type-in-use"));
        delete("channels", "WEB", "*").then().statusCode(409);
        delete("touchpoints", "checkout", "*").then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"types", "channels", "touchpoints"})
    void one_is_made_once_and_changed_on_the_version_that_was_read(String list) {
        String code = newCode(list);
        String terms = terms(list, true);
        put(list, code, null, "", terms).then().statusCode(428);
        put(list, code, "If-Match", "*", terms).then().statusCode(412);
        put(list, code, "If-None-Match", "*", terms).then().statusCode(201);
        put(list, code, "If-None-Match", "*", terms).then().statusCode(412);
        put(list, code, "If-Match", "\"1\"", terms).then().statusCode(200).header("ETag", "\"1\"");
        put(list, code, "If-Match", "\"1\"", terms(list, false))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("active", equalTo(false));
        put(list, code, "If-Match", "\"1\"", terms).then().statusCode(412);
        put(list, code, null, "", terms).then().statusCode(428);

        delete(list, code, null).then().statusCode(428);
        delete(list, code, "\"1\"").then().statusCode(412);
        delete(list, code, "\"2\"").then().statusCode(200).body("code", equalTo(code));
        delete(list, code, "\"2\"").then().statusCode(404);
        agent().get("/interactions/{list}/{code}", list, code).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"types, type", "channels, channel", "touchpoints, touchpoint"})
    void with_a_retired_one_nothing_new_is_recorded_and_what_was_is_read_as_before(
            String list, String member) {
        String code = newCode(list);
        make(list, code, terms(list, true)).then().statusCode(201);
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(call(customer), member, code);
        Response first = post(told);
        first.then().statusCode(201);

        put(list, code, "If-Match", "*", terms(list, false)).then().statusCode(200);

        post(with(told, "sourceId", newId()))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-interaction"))
                .body("errors[0].pointer", equalTo("/" + member))
                .body("errors[0].reason", containsString("is retired; it must be one of"));
        assertThat(InteractionsApi.batch(json(with(told, "sourceId", newId()))).asString())
                .contains("\"status\":400", "is retired");
        Response again = post(told);
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(InteractionsApi.batch(json(told)).asString()).contains("\"status\":200");
        assertThat(get(first.path("id")).asString()).isEqualTo(first.asString());
        list(customer.name()).then().body("items." + member, hasItem(code));
        delete(list, code, "*").then().statusCode(409).body("code", equalTo(member + "-in-use"));
    }

    @Test
    void an_unknown_touchpoint_is_refused_with_what_there_is_until_it_is_registered() {
        String code = newSlug();
        Map<String, @Nullable Object> told = with(purchase(newCustomer()), "touchpoint", code);
        post(told)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/touchpoint"))
                .body("errors[0].reason", containsString("checkout"));

        make("touchpoints", code, word(true)).then().statusCode(201);

        post(told).then().statusCode(201).body("touchpoint", equalTo(code));
    }

    @Test
    void what_amount_a_type_carries_stays_once_it_is_recorded_with() {
        String code = newType("null");
        put("types", code, "If-Match", "*", type("NOT_NEGATIVE", "null", true))
                .then()
                .statusCode(200);
        post(with(purchase(newCustomer()), "type", code)).then().statusCode(201);

        put("types", code, "If-Match", "*", type("NONE", "null", true))
                .then()
                .statusCode(409)
                .body("code", equalTo("type-in-use"))
                .body("errors[0].pointer", equalTo("/amountRule"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                         | /label",
                "{'label': ' ', 'amountRule': 'NONE'}                       | /label",
                "{'label': 'L'}                                             | /amountRule",
                "{'label': 'L', 'amountRule': 'SOME'}                       | /amountRule",
                "{'label': 'L', 'amountRule': 'NONE', 'icon': 'A b'}        | /icon",
                "{'label': 'L', 'amountRule': 'NONE', 'used': true}         | /used",
                "{'label': 'L', 'amountRule': 'NONE', 'schema': 'no'}       | /schema",
                "{'label': 'L', 'amountRule': 'NONE', 'schema': {'$ref': '#'}} | /schema/$ref",
            })
    void terms_that_cannot_be_are_refused_at_their_place(String terms, String pointer) {
        make("types", newWord(), terms.replace('\'', '"'))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @CsvSource({
        "types,       call",
        "types,       1ST",
        "channels,    a-b",
        "touchpoints, Check_out",
        "touchpoints, check--out",
    })
    void codes_have_one_form(String list, String code) {
        make(list, code, terms(list, true)).then().statusCode(400);
    }

    @Test
    void another_replica_knows_of_a_change_within_the_refresh() throws SQLException {
        String code = newSlug();
        make("touchpoints", code, word(true)).then().statusCode(201);
        Customer customer = newCustomer();
        post(with(purchase(customer), "touchpoint", code)).then().statusCode(201);
        Databases.asOwner().execute("UPDATE touchpoint SET active = false WHERE code = ?", code);
        try {
            clock.shift(Duration.ofSeconds(11));

            post(with(purchase(customer), "touchpoint", code)).then().statusCode(400);
        } finally {
            clock.reset();
        }
    }

    /** The row of the list, which the first recording marks and a deletion takes away. */
    @RepeatedTest(5)
    void one_that_is_deleted_while_it_is_recorded_with_is_gone_or_stays_for_good()
            throws SQLException {
        String code = newSlug();
        make("touchpoints", code, word(true)).then().statusCode(201);
        Customer customer = newCustomer();
        post(purchase(customer)).then().statusCode(201);

        List<Integer> statuses =
                AtOnce.run(
                        9,
                        caller ->
                                caller == 4
                                        ? delete("touchpoints", code, "*").statusCode()
                                        : post(with(purchase(customer), "touchpoint", code))
                                                .statusCode());

        int deleted = statuses.get(4);
        List<Integer> recorded = new ArrayList<>(statuses);
        recorded.remove(4);
        assertThat(deleted).isIn(200, 409);
        assertThat(recorded).containsOnly(deleted == 200 ? 400 : 201);
        assertThat(
                        Databases.asOwner()
                                .number("SELECT count(*) FROM touchpoint WHERE code = ?", code))
                .isEqualTo(deleted == 200 ? 0 : 1);
    }

    @Test
    void a_list_has_an_end() throws SQLException {
        Databases database = Databases.asOwner();
        try {
            database.execute(
                    "INSERT INTO touchpoint (code, label) SELECT 'full-' || n, 'Full' FROM generate_series(1, 1000) AS n");

            make("touchpoints", newSlug(), word(true))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("too-many-touchpoints"));
        } finally {
            database.execute("DELETE FROM touchpoint WHERE code LIKE 'full-%'");
        }
    }

    private static Map<String, @Nullable Object> call(Customer customer) {
        return with(with(purchase(customer), "type", "CALL"), "amount", null);
    }

    private static String newCode(String list) {
        return list.equals("touchpoints") ? newSlug() : newWord();
    }

    private static String terms(String list, boolean active) {
        return list.equals("types") ? type("NONE", "null", active) : word(active);
    }

    private static String json(Map<String, @Nullable Object> interaction) {
        try {
            return new ObjectMapper().writeValueAsString(interaction);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
