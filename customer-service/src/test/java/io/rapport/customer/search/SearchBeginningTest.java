package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.search.SearchApi.found;
import static io.rapport.customer.search.SearchApi.newName;
import static io.rapport.customer.search.SearchApi.post;
import static io.rapport.customer.search.SearchApi.search;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 400 words begin as one was typed, and nobody who has one of them is left out. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SearchBeginningTest {

    private static final int HOLDERS = 8;
    private static final int WORDS_EACH = 50;
    private static final int LETTERS = 26;

    private final String name = newName(8);
    private final String mark = newName(12);
    private final List<String> holders = new ArrayList<>();

    @BeforeEach
    void make() {
        for (int i = 0; i < HOLDERS; i++) {
            int first = i * WORDS_EACH;
            String longer =
                    IntStream.range(first, first + WORDS_EACH)
                            .mapToObj(word -> "\"" + longer(word) + "\"")
                            .collect(Collectors.joining(", "));
            holders.add(customer(mark, longer));
        }
    }

    private String longer(int word) {
        return name + (char) ('a' + word / LETTERS) + (char) ('a' + word % LETTERS) + "ly";
    }

    private static String customer(String family, String tags) {
        return registered("{\"familyName\": \"%s\", \"tags\": [%s]}".formatted(family, tags))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void each_stands_once_behind_those_who_have_the_word_and_before_those_who_nearly_do(int limit) {
        String typo = customer("x" + name, "");
        String both = customer("x" + name, "\"%s\"".formatted(longer(7)));
        String same = customer(name, "\"%s\"".formatted(longer(7)));

        List<String> listed = all(limit);

        assertThat(listed.getFirst()).isEqualTo(same);
        assertThat(listed.getLast()).isEqualTo(typo);
        assertThat(listed.subList(1, listed.size() - 1))
                .hasSize(HOLDERS + 1)
                .containsAll(holders)
                .contains(both);
        assertThat(listed).isEqualTo(all(100));
        assertThat(search(name).<List<Float>>path("items.score"))
                .startsWith(1f, 0.5f)
                .endsWith(0.5f, 0.33f);
    }

    private List<String> all(int limit) {
        return SearchApi.all("search", limit, Map.of("query", name), "items.customer.id");
    }

    @Test
    void with_another_word_all_are_found_too() {
        String other = customer(newName(9), "\"%s\"".formatted(longer(399)));

        assertThat(found(name + " " + mark)).isEqualTo(holders);
        assertThat(found(mark + " " + name)).isEqualTo(holders).doesNotContain(other);
    }

    @Test
    void filters_are_looked_at_before_the_page_is_full() {
        String last = holders.getLast();
        patch(last, "*", "{\"lifecycleStage\": \"ADVOCATE\"}").then().statusCode(200);

        for (String query : List.of(name, name + " " + mark)) {
            assertThat(
                            SearchApi.all(
                                    "search",
                                    2,
                                    Map.of("query", query, "lifecycleStages", List.of("ADVOCATE")),
                                    "items.customer.id"))
                    .containsExactly(last);
        }
    }

    @Test
    void a_page_goes_on_where_it_ended_although_its_last_customer_has_lost_its_words() {
        Response page = post(agent().queryParam("limit", 3), "search", Map.of("query", name));
        List<String> listed = new ArrayList<>(page.<List<String>>path("items.customer.id"));
        patch(listed.getLast(), "*", "{\"tags\": []}").then().statusCode(200);

        listed.addAll(
                post(
                                agent().queryParam("after", page.<String>path("next")),
                                "search",
                                Map.of("query", name))
                        .path("items.customer.id"));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(holders);
    }
}
