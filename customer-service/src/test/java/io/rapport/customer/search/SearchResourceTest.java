package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.define;
import static io.rapport.customer.attribute.AttributesApi.searchable;
import static io.rapport.customer.search.SearchApi.all;
import static io.rapport.customer.search.SearchApi.found;
import static io.rapport.customer.search.SearchApi.newName;
import static io.rapport.customer.search.SearchApi.post;
import static io.rapport.customer.search.SearchApi.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SearchResourceTest {

    @Test
    void a_customer_is_found_by_each_thing_that_is_known_of_it() {
        String family = newName(10);
        String external = newExternalId();
        String phone = "+4420794" + (10000 + ThreadLocalRandom.current().nextInt(80_000));
        String id =
                put(
                                "shop",
                                external,
                                """
                                {"givenName": "Ada", "familyName": "%1$s", "displayName": "Countess %1$sia",
                                 "addressAs": "Lady %1$so", "tags": ["tag-%1$s"], "contactPoints": [
                                   {"kind": "EMAIL", "value": "Countess.%1$s@Example.org"},
                                   {"kind": "PHONE", "value": "%2$s"}]}\
                                """
                                        .formatted(family, phone))
                        .path("id");

        for (String query :
                List.of(
                        family,
                        family.toUpperCase(Locale.ROOT),
                        family + "ia",
                        "lady " + family + "o",
                        "ada countess " + family,
                        "tag-" + family,
                        "countess." + family + "@example.org",
                        "countess." + family + "@exmaple.org",
                        phone,
                        phone.substring(0, 3) + " (20) " + phone.substring(5),
                        "0" + phone.substring(3),
                        "0044" + phone.substring(3),
                        external,
                        "shop:" + external,
                        "ada " + phone)) {
            assertThat(found(query)).as(query).containsExactly(id);
        }
        assertThat(found("ada x" + newName(12))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Smithweather,  smithwaether",
        "Smithweather,  smthweather",
        "Kiro,          krio",
        "Smithweather,  smithwearherr",
        "Zo\u00eblla,   zoela",
        "Stra\u00dfner, strasner",
        "O\u2019Bryain, obryan",
        "\u041f\u0435\u0442\u0440\u043e\u0432\u0438\u0447,"
                + " \u043f\u0435\u0442\u0440\u043e\u0438\u0447",
        "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f, \u0645\u062d\u0645\u062f",
        "\u202e\u05d3\u05d5\u05d3\u05d9\u05d0\u05df\u202c, \u05d3\u05d5\u05d3\u05d9\u05d0\u05df",
        "\u5c71\u7530\u592a\u90ce\u5b50, \u5c71\u7530\u592a\u90ce",
        "\u5c71\u7530, \u5c71\u7530",
        "\ud83e\udd84, \ud83e\udd84",
    })
    void a_name_of_any_script_is_found_with_a_typo_or_without_its_marks(String name, String query) {
        String mark = newName(12);
        String id =
                registered("{\"familyName\": \"%s\", \"tags\": [\"%s\"]}".formatted(name, mark))
                        .toString();

        assertThat(found(query + " " + mark)).containsExactly(id);
    }

    @Test
    void what_is_typed_right_stands_before_what_is_nearly_so() {
        String name = newName(8);
        String typo = registered("{\"familyName\": \"x%s\"}".formatted(name)).toString();
        String longer = registered("{\"familyName\": \"%sson\"}".formatted(name)).toString();
        String same = registered("{\"familyName\": \"%s\"}".formatted(name)).toString();
        String twice =
                registered("{\"givenName\": \"%1$s\", \"familyName\": \"%1$sson\"}".formatted(name))
                        .toString();

        Response answer = search(name);

        assertThat(answer.<List<String>>path("items.customer.id"))
                .containsExactly(same, twice, longer, typo);
        assertThat(answer.<List<Float>>path("items.score")).containsExactly(1f, 1f, 0.5f, 0.33f);
    }

    @Test
    void several_words_are_ranked_by_what_their_typos_cost_together() {
        String name = newName(8);
        String mark = newName(9);
        String both = person("x" + name, mark + "s");
        String one = person("x" + name, mark);
        String none = person(name, mark);
        person(name, newName(9));

        assertThat(found(name + " " + mark)).containsExactly(none, one, both);
    }

    private static String person(String given, String family) {
        return registered(
                        "{\"givenName\": \"%s\", \"familyName\": \"%s\"}".formatted(given, family))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void pages_hold_each_customer_once_and_all_of_them(int limit) {
        String name = newName(8);
        String mark = newName(9);
        List<String> same = new ArrayList<>();
        List<String> nearly = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            nearly.add(person(name + "x", mark));
            same.add(person(name, mark));
        }
        same.add(person(name + " " + name + "x", mark));
        List<String> all = new ArrayList<>(same);
        all.addAll(nearly);

        assertThat(all("search", limit, Map.of("query", name), "items.customer.id")).isEqualTo(all);
        assertThat(all("search", limit, Map.of("query", name + " " + mark), "items.customer.id"))
                .isEqualTo(all);
    }

    @Test
    void filters_let_through_who_fits_all_of_them() throws Exception {
        String name = newName(8);
        String ada =
                registered(
                                """
                                {"familyName": "%s", "kind": "PERSON", "lifecycleStage": "CUSTOMER", "language": "en-GB",
                                 "tags": ["vip", "x"]}\
                                """
                                        .formatted(name))
                        .toString();
        String acme =
                registered(
                                """
                                {"displayName": "%s", "kind": "ORGANISATION", "lifecycleStage": "LEAD", "language": "de"}\
                                """
                                        .formatted(name))
                        .toString();
        Databases.asOwner()
                .execute(
                        "UPDATE customer SET created_at = '2001-01-01 00:00Z', updated_at = '2002-01-01 00:00Z'"
                                + " WHERE id = ?",
                        UUID.fromString(acme));

        assertThat(filtered(name, Map.of())).containsExactly(ada, acme);
        assertThat(filtered(name, Map.of("kinds", List.of("PERSON")))).containsExactly(ada);
        assertThat(filtered(name, Map.of("lifecycleStages", List.of("LEAD", "FORMER"))))
                .containsExactly(acme);
        assertThat(filtered(name, Map.of("tags", List.of("vip", "x")))).containsExactly(ada);
        assertThat(filtered(name, Map.of("tags", List.of("vip", "y")))).isEmpty();
        assertThat(filtered(name, Map.of("languages", List.of("en", "fr")))).containsExactly(ada);
        assertThat(filtered(name, Map.of("createdBefore", "2001-01-01T00:00:01Z")))
                .containsExactly(acme);
        assertThat(filtered(name, Map.of("createdFrom", "2001-01-01T00:00:01Z")))
                .containsExactly(ada);
        assertThat(
                        filtered(
                                name,
                                Map.of(
                                        "changedFrom",
                                        "2002-01-01T01:00:00+01:00",
                                        "changedBefore",
                                        "2002-01-01T00:00:01Z")))
                .containsExactly(acme);
        assertThat(filtered(name + " " + name.substring(0, 4), Map.of("kinds", List.of("PERSON"))))
                .containsExactly(ada);
    }

    @Test
    void only_who_has_all_values_of_attributes_is_let_through() {
        String name = newName(8);
        String size = searchable("INTEGER");
        String sports = "searchedSports";
        define(sports, choice("SEVERAL_OF", "[\"chess\", \"golf\"]"));
        String ada = having(name, size, "38", sports, "[\"chess\", \"golf\"]");
        String ben = having(name, size, "38.0", sports, "[\"golf\"]");
        String cleo = having(name, size, "39", sports, "[\"chess\"]");

        assertThat(filtered(name, Map.of("attributes", Map.of()))).containsExactly(ada, ben, cleo);
        assertThat(filtered(name, Map.of("attributes", Map.of(size, 38))))
                .containsExactly(ada, ben);
        assertThat(filtered(name, Map.of("attributes", Map.of(sports, "chess"))))
                .containsExactly(ada, cleo);
        assertThat(filtered(name, Map.of("attributes", Map.of(size, 38, sports, "chess"))))
                .containsExactly(ada);
        assertThat(filtered(name, Map.of("attributes", Map.of(size, 40)))).isEmpty();
        assertThat(
                        filtered(
                                name + " " + name.substring(0, 4),
                                Map.of("attributes", Map.of(sports, "chess"))))
                .containsExactly(ada, cleo);
    }

    private static String having(
            String family, String size, String is, String sports, String chosen) {
        return registered(
                        "{\"familyName\": \"%s\", \"attributes\": {\"%s\": %s, \"%s\": %s}}"
                                .formatted(family, size, is, sports, chosen))
                .toString();
    }

    private static List<String> filtered(String query, Map<String, ?> filters) {
        Map<String, Object> body = new HashMap<>(filters);
        body.put("query", query);
        return all("search", 20, body, "items.customer.id");
    }

    @Test
    void a_change_is_found_at_once_and_what_was_is_not() throws Exception {
        String before = newName(9);
        String after = newName(9);
        String external = newExternalId();
        String id = put("shop", external, "{\"familyName\": \"%s\"}".formatted(before)).path("id");

        patch(id, "*", "{\"familyName\": \"%s\"}".formatted(after)).then().statusCode(200);
        assertThat(found(before)).isEmpty();
        assertThat(found(after)).containsExactly(id);
        assertThat(found(external)).containsExactly(id);
        removeIdentity(agent(), id, "shop", external).then().statusCode(200);
        assertThat(found(external)).isEmpty();
        assertThat(
                        Databases.asOwner()
                                .number("SELECT count(*) FROM search_word WHERE word = ?", before))
                .isZero();
    }

    @Test
    void a_word_stays_while_another_customer_has_it() {
        String name = newName(9);
        UUID first = registered("{\"familyName\": \"%s\"}".formatted(name));
        UUID second = registered("{\"familyName\": \"%s\"}".formatted(name));

        patch(first, "*", "{\"familyName\": null}").then().statusCode(200);

        assertThat(found(name.substring(0, 8))).containsExactly(second.toString());
    }

    @Test
    void terms_that_the_service_would_not_keep_leave_with_the_next_change() throws Exception {
        String stray = newName(9);
        UUID customer = registered("{\"familyName\": \"%s\"}".formatted(newName(9)));
        Databases.asOwner().execute("INSERT INTO search_term VALUES (?, ?)", customer, stray);
        Databases.asOwner().execute("INSERT INTO search_word VALUES (?, ?)", stray, stray);
        assertThat(found(stray)).containsExactly(customer.toString());

        patch(customer, "*", "{\"givenName\": \"%s\"}".formatted(newName(9)))
                .then()
                .statusCode(200);

        assertThat(found(stray)).isEmpty();
        assertThat(
                        Databases.asOwner()
                                .number("SELECT count(*) FROM search_word WHERE word = ?", stray))
                .isZero();
    }

    @Test
    void who_was_erased_is_not_found() throws Exception {
        String name = newName(9);
        UUID gone = registered("{\"familyName\": \"%s\"}".formatted(name));
        UUID there = registered("{\"familyName\": \"%s\"}".formatted(name));
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", gone);

        assertThat(found(name)).containsExactly(there.toString());
        assertThat(found(name + " " + name.substring(0, 4))).containsExactly(there.toString());
    }

    @Test
    void a_cursor_goes_on_with_the_same_query_and_filters_only() {
        String name = newName(8);
        for (int i = 0; i < 3; i++) {
            person(name, "Ada");
        }
        String next =
                post(agent().queryParam("limit", 1), "search", Map.of("query", name)).path("next");

        for (Map<String, ?> other :
                List.of(
                        Map.of("query", name + "x"),
                        Map.of("query", name, "kinds", List.of("PERSON")))) {
            post(agent().queryParam("after", next), "search", other)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-cursor"));
        }
        post(agent().queryParam("after", next), "search", Map.of("query", name))
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2));
    }
}
