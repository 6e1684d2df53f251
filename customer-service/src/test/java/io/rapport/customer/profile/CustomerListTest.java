package io.rapport.customer.profile;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerListTest {

    @Test
    void pages_hold_each_customer_of_a_source_once_though_others_arrive_meanwhile()
            throws Exception {
        String source = "list-" + newExternalId();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(put(source, "n" + i, "{}").path("id"));
        }
        // One customer under two names of the source is still one customer.
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_identity (source, external_id, customer_id) VALUES (?, 'second', ?)",
                        source,
                        UUID.fromString(made.get(2)));

        List<String> listed = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page = page(source, 3, after);
            page.then().statusCode(200);
            listed.addAll(page.path("items.id"));
            after = page.path("next");
            put(source, "late" + listed.size(), "{}").then().statusCode(201);
        } while (after != null);

        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void without_a_source_all_customers_are_listed_in_the_order_of_their_ids() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            made.add(registered("{\"displayName\": \"n%d\"}".formatted(i)).toString());
        }

        List<String> listed = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page = page(null, 100, after);
            listed.addAll(page.path("items.id"));
            after = page.path("next");
            registered("{}");
        } while (after != null);

        assertThat(listed).doesNotHaveDuplicates().isSorted().containsSubsequence(made);
    }

    @Test
    void a_page_has_20_customers_unless_told_otherwise() {
        for (int i = 0; i < 21; i++) {
            registered("{}");
        }

        page(null, null, null).then().body("items.size()", equalTo(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "10000", "many", "99999999999999999999"})
    void a_limit_out_of_bounds_is_refused(String limit) {
        agent().queryParam("limit", limit)
                .get("/customers")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_cursor_belongs_to_its_list_and_its_filters() {
        String source = "cursor-" + newExternalId();
        put(source, "1", "{}");
        put(source, "2", "{}");
        String next = page(source, 1, null).path("next");

        page("shop", 1, next).then().statusCode(400).body("code", equalTo("invalid-cursor"));
        page(null, 1, next).then().statusCode(400).body("code", equalTo("invalid-cursor"));
        page(source, 1, "garbage").then().statusCode(400).body("code", equalTo("invalid-cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "Shop", "a b"})
    void a_source_that_none_can_be_is_refused(String source) {
        page(source, 1, null).then().statusCode(400).contentType("application/problem+json");
    }

    private static Response page(
            @Nullable String source, @Nullable Integer limit, @Nullable String after) {
        var request = agent();
        if (source != null) {
            request.queryParam("source", source);
        }
        if (limit != null) {
            request.queryParam("limit", limit);
        }
        if (after != null) {
            request.queryParam("after", after);
        }
        return request.get("/customers");
    }
}
