package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.attribute.AttributesApi.define;
import static io.rapport.customer.attribute.AttributesApi.searchable;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.search.SearchApi.found;
import static io.rapport.customer.search.SearchApi.lookUp;
import static io.rapport.customer.search.SearchApi.newName;
import static io.rapport.customer.search.SearchApi.post;
import static io.rapport.customer.search.SearchApi.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is typed is answered with a page or with what is wrong, and never with more. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SearchBadInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | /query",
                "{'query': null}                                             | /query",
                "{'query': ''}                                               | /query",
                "{'query': '   '}                                            | /query",
                "{'query': 'a\\u0000b'}                                      | /query",
                "{'query': 'a\\ud800'}                                       | /query",
                "{'query': '!?%_'}                                           | /query",
                "{'query': '\\u0301\\u200f.'}                                | /query",
                "{'query': 'a b c d e f g h i j k'}                          | /query",
                "{'query': 17}                                               | /query",
                "{'query': 'ada', 'kinds': ['ROBOT']}                        | /kinds/0",
                "{'query': 'ada', 'kinds': [null]}                           | /kinds/0",
                "{'query': 'ada', 'lifecycleStages': 'LEAD'}                 | /lifecycleStages",
                "{'query': 'ada', 'tags': ['']}                              | /tags/0",
                "{'query': 'ada', 'languages': ['english']}                  | /languages/0",
                "{'query': 'ada', 'attributes': ['chess']}                   | /attributes",
                "{'query': 'ada', 'attributes': {'nobodys': 1}}              | /attributes/nobodys",
                "{'query': 'ada', 'attributes': {'nobodys': null}}           | /attributes/nobodys",
                "{'query': 'ada', 'attributes': {'a\\u0000/': 1}}            | /attributes",
                "{'query': 'ada', 'createdFrom': 'yesterday'}                | /createdFrom",
                "{'query': 'ada', 'changedBefore': '+99999-01-01T00:00:00Z'} | /changedBefore",
                "{'query': 'ada', 'points': 3}                               | /points",
            })
    void what_cannot_be_looked_for_is_refused_with_its_place(String body, String pointer) {
        agent().contentType(ContentType.JSON)
                .body(body.replace('\'', '"'))
                .post("/customers/search")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(equalTo(pointer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "\"\"", "\"a\\u0000\"", "\"\\ud800\"", "[\"chess\"]", "{}", "true"})
    void what_an_attribute_cannot_have_is_not_looked_for(String value) {
        String name = searchable("TEXT");

        searchHaving(name, value)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(equalTo("/attributes/" + name)));
    }

    @Test
    void by_an_attribute_that_is_not_searchable_nobody_is_looked_for() {
        String name = "notSearchable";
        define(name, terms("TEXT", ""));

        searchHaving(name, "\"chess\"")
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-not-searchable"));
    }

    @Test
    void more_than_ten_attributes_are_refused() {
        Map<String, Integer> eleven =
                IntStream.range(0, 11).boxed().collect(Collectors.toMap(i -> "a" + i, i -> i));

        search(Map.of("query", "ada", "attributes", eleven))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(equalTo("/attributes")));
    }

    private static Response searchHaving(String name, String value) {
        return agent().contentType(ContentType.JSON)
                .body("{\"query\": \"ada\", \"attributes\": {\"%s\": %s}}".formatted(name, value))
                .post("/customers/search");
    }

    @Test
    void a_huge_query_is_refused() {
        search("x".repeat(201)).then().statusCode(400);
        search("x".repeat(5_000_000)).then().statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a",
                "'; DROP TABLE customer; --",
                "\ud83d\ude00\ud83d\ude00",
                "\u202e\u05d0\u202c",
                "a\u0301\u0302\u0303\u0304",
                "\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa",
                "@",
                "a@",
                "@a",
                "a@b",
                "!!!@example.org",
                "+",
                "00000",
                "+44",
                "a:b:c1",
                "\u0660\u0661",
                "\\\\",
                "a\"b",
                "{}",
                ":a",
                "::",
                "?1",
                "$1",
            })
    void whatever_is_typed_is_never_a_fault(String query) {
        search(query).then().statusCode(lessThan(500));
    }

    @Test
    void the_longest_query_of_one_script_is_answered() {
        search("\u5c71".repeat(200)).then().statusCode(200);
        search("\ufdfa".repeat(200)).then().statusCode(lessThan(500));
        search("ab".repeat(100)).then().statusCode(200);
    }

    @Test
    void under_four_letters_a_word_is_taken_as_it_is() {
        String mark = newName(12);
        String li =
                registered("{\"familyName\": \"Li\", \"tags\": [\"%s\"]}".formatted(mark))
                        .toString();
        registered("{\"familyName\": \"Lia\", \"tags\": [\"%s\"]}".formatted(mark));
        String x =
                registered("{\"familyName\": \"X\", \"tags\": [\"%s\"]}".formatted(mark))
                        .toString();

        assertThat(found("li " + mark)).containsExactly(li);
        assertThat(found("lia " + mark)).hasSize(1).doesNotContain(li);
        assertThat(found("x " + mark)).containsExactly(x);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "AAAA"})
    void a_cursor_that_nobody_gave_out_is_refused(String after) {
        post(agent().queryParam("after", after), "search", Map.of("query", "ada"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL,   not an address, /value",
        "EMAIL,   '',             /value",
        "PHONE,   12,             /value",
        "PHONE,   020 7946 0958,  /value",
        "ADDRESS, London,         /kind",
        "HANDLE,  ada,            /network",
        "FAX,     +442079460958,  /kind",
    })
    void what_nobody_can_have_is_not_looked_up(String kind, String value, String pointer) {
        Response answer = lookUp(kind, value);
        answer.then().statusCode(400).body("errors.pointer", hasItem(equalTo(pointer)));
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLE,  ada,              Mastodon,   /network",
        "HANDLE,  ada,              '',         /network",
        "HANDLE,  '  ',             mastodon,   /value",
        "EMAIL,   ada@example.org,  mastodon,   /network",
        "PHONE,   +44 20 7946 0958, mastodon,   /network",
        "ADDRESS, London,           mastodon,   /kind",
    })
    void a_network_is_that_of_a_handle(String kind, String value, String network, String pointer) {
        lookUp(kind, value, network)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem(equalTo(pointer)));
    }
}
