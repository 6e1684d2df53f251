package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.search.SearchApi.all;
import static io.rapport.customer.search.SearchApi.lookUp;
import static io.rapport.customer.search.SearchApi.newName;
import static io.rapport.customer.search.SearchApi.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LookupTest {

    @Test
    void all_who_have_an_address_are_listed_by_pages_however_it_is_written() throws Exception {
        String mail = newName(12) + "@example.org";
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(holder("EMAIL", mail));
        }
        Databases.asOwner()
                .execute(
                        "UPDATE customer SET status = 'ERASED' WHERE id = ?",
                        UUID.fromString(made.removeLast()));

        assertThat(
                        all(
                                "lookup",
                                2,
                                Map.of(
                                        "kind",
                                        "EMAIL",
                                        "value",
                                        " " + mail.toUpperCase(Locale.ROOT)),
                                "items.id"))
                .isEqualTo(made);
        String next =
                post(
                                agent().queryParam("limit", 1),
                                "lookup",
                                Map.of("kind", "EMAIL", "value", mail))
                        .path("next");
        post(
                        agent().queryParam("after", next),
                        "lookup",
                        Map.of("kind", "EMAIL", "value", "x" + mail))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @Test
    void a_phone_is_found_in_its_international_form() {
        String id = holder("PHONE", "+44 20 7946 0001");

        assertThat(lookUp("PHONE", "+44 (0)20 7946-0001").<List<String>>path("items.id"))
                .contains(id);
        assertThat(lookUp("PHONE", "+44 20 7946 0002").<List<String>>path("items.id"))
                .doesNotContain(id);
    }

    @Test
    void a_handle_is_looked_up_in_its_network() {
        String name = "Ada_" + newName(8);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(known(name, "mastodon"));
        }
        String elsewhere = known(name, "git-forge");
        known(name.toLowerCase(Locale.ROOT), "mastodon");

        assertThat(handles(name, "mastodon", 2)).isEqualTo(made);
        assertThat(handles(" " + name + " ", "git-forge", 2)).containsExactly(elsewhere);
        assertThat(handles(name, "matrix", 2)).isEmpty();
    }

    @Test
    void a_survivor_has_the_handles_of_its_members_once() {
        String name = newName(12);
        String survivor = known(name, "mastodon");
        String member = known(name, "mastodon");
        String other = known(name, "git-forge");
        merge(survivor, member, other).then().statusCode(200);

        assertThat(handles(name, "mastodon", 1)).containsExactly(survivor);
        assertThat(handles(name, "git-forge", 1)).containsExactly(survivor);
    }

    private static List<String> handles(String value, String network, int limit) {
        return all(
                "lookup",
                limit,
                Map.of("kind", "HANDLE", "value", value, "network", network),
                "items.id");
    }

    private static String known(String handle, String network) {
        return registered(
                        """
                        {"contactPoints": [{"kind": "HANDLE", "value": "%s", "network": "%s"}]}"""
                                .formatted(handle, network))
                .toString();
    }

    private static String holder(String kind, String value) {
        return registered(
                        "{\"contactPoints\": [{\"kind\": \"%s\", \"value\": \"%s\"}]}"
                                .formatted(kind, value))
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"agent, 200", "manager, 200", "admin, 200", "partner, 403", "customer, 403"})
    void staff_search_and_look_up_and_nobody_else(String role, int status) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();

        post(as(token), "search", Map.of("query", "ada")).then().statusCode(status);
        post(as(token), "lookup", Map.of("kind", "EMAIL", "value", "ada@example.org"))
                .then()
                .statusCode(status);
    }
}
