package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.search.SearchApi.all;
import static io.rapport.customer.search.SearchApi.found;
import static io.rapport.customer.search.SearchApi.newName;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who was merged is found as its survivor, in the transaction that merges or unmerges. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SearchOfMergedTest {

    private final String one = newName(9);
    private final String other = newName(9);
    private final String third = newName(9);

    private static UUID customer(String name, String mail) {
        return registered(
                """
                {"displayName": "%s", "contactPoints": [{"kind": "EMAIL", "value": "%s@example.org"}]}"""
                        .formatted(name, mail));
    }

    private static List<String> lookedUp(String mail, int limit) {
        return all(
                "lookup",
                limit,
                Map.of("kind", "EMAIL", "value", mail + "@example.org"),
                "items.id");
    }

    private static List<String> duplicates(UUID customer) {
        return agent().get("/customers/{customer}/duplicates", customer)
                .then()
                .statusCode(200)
                .extract()
                .path("items.customer");
    }

    @Test
    void a_member_is_found_as_its_survivor_until_it_is_unmerged() {
        UUID survivor = customer(one, one);
        UUID member = customer(other, other);

        merge(survivor, member).then().statusCode(200);

        assertThat(found(one)).containsExactly(survivor.toString());
        assertThat(found(other + "@example.org")).containsExactly(survivor.toString());

        unmerge(member).then().statusCode(200);

        assertThat(found(one)).containsExactly(survivor.toString());
        assertThat(found(other)).containsExactly(member.toString());
        assertThat(found(other + "@example.org")).containsExactly(member.toString());
    }

    @Test
    void what_a_survivor_is_called_since_is_found_and_a_member_keeps_its_own_name() {
        UUID survivor = customer(one, one);
        UUID member = customer(other, other);
        merge(survivor, member).then().statusCode(200);

        patch(survivor, "*", "{\"displayName\": \"%s\"}".formatted(third)).then().statusCode(200);

        assertThat(found(third)).containsExactly(survivor.toString());
        unmerge(member).then().statusCode(200);
        assertThat(found(third)).containsExactly(survivor.toString());
        assertThat(found(other)).containsExactly(member.toString());
    }

    @Test
    void a_lookup_answers_each_survivor_once() {
        UUID survivor = customer(one, one);
        UUID first = customer(other, third);
        UUID second = customer(other, third);
        UUID alone = customer(other, third);
        merge(survivor, first, second).then().statusCode(200);

        assertThat(lookedUp(third, 1))
                .containsExactlyInAnyOrder(survivor.toString(), alone.toString());

        unmerge(first).then().statusCode(200);
        unmerge(second).then().statusCode(200);
        assertThat(lookedUp(third, 1))
                .containsExactlyInAnyOrder(first.toString(), second.toString(), alone.toString());
    }

    @Test
    void who_is_merged_is_nobodys_duplicate_and_its_survivor_has_its_pairs() {
        UUID survivor = customer(one, one);
        UUID member = customer(other, third);
        UUID alike = customer(other, third);
        assertThat(duplicates(alike)).containsExactly(member.toString());

        merge(survivor, member).then().statusCode(200);

        assertThat(duplicates(alike)).containsExactly(survivor.toString());
        assertThat(duplicates(survivor)).containsExactly(alike.toString());
        assertThat(
                        as(Tokens.manager())
                                .queryParam("limit", 100)
                                .get("/customers/duplicates")
                                .then()
                                .statusCode(200)
                                .extract()
                                .<List<List<String>>>path("items.customers")
                                .stream()
                                .flatMap(List::stream)
                                .toList())
                .doesNotContain(member.toString());

        unmerge(member).then().statusCode(200);
        assertThat(duplicates(alike)).containsExactly(member.toString());
        assertThat(duplicates(survivor)).isEmpty();
    }
}
