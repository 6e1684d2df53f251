package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer's interactions newest first, page by page, filtered; and one by its id. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class TimelineTest {

    @Test
    void the_newest_comes_first_whenever_it_was_recorded() {
        Customer customer = newCustomer();
        String second = recorded(customer, "2026-11-18T10:00:00Z");
        String first = recorded(customer, "2026-11-19T10:00:00Z");
        String third = recorded(customer, "2025-11-19T10:00:00Z");

        assertThat(ids(list(customer.name()))).containsExactly(first, second, third);
        assertThat(ids(list(customer.id().toString()))).containsExactly(first, second, third);
    }

    @Test
    void pages_show_each_interaction_once_also_when_many_occurred_at_the_same_time() {
        Customer customer = newCustomer();
        List<String> recorded = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            recorded.add(
                    recorded(
                            customer,
                            i < 5 ? "2026-11-19T10:00:00.000001Z" : "2026-11-19T10:00:00Z"));
        }
        List<String> read = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String next = null;
        do {
            Response page = page(Map.of("customer", customer.name(), "limit", "3"), next);
            // What arrives in between comes before the pages that follow, and moves nothing in
            // them.
            recorded(customer, "2026-11-20T10:00:00Z");
            read.addAll(ids(page));
            sizes.add(ids(page).size());
            next = page.path("next");
        } while (next != null);

        assertThat(sizes).containsExactly(3, 3, 1);
        assertThat(read).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(read.subList(0, 5)).isSubsetOf(recorded.subList(0, 5));
    }

    @Test
    void a_page_that_is_just_full_is_the_last_one() {
        Customer customer = newCustomer();
        recorded(customer, "2026-11-19T10:00:00Z");
        recorded(customer, "2026-11-19T11:00:00Z");

        page(Map.of("customer", customer.name(), "limit", "2"), null)
                .then()
                .body("items.size()", equalTo(2))
                .body("$", hasKey("next"))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "type,    PURCHASE,             2",
        "type,    CANCELLATION,         1",
        "type,    NOTE,                 0",
        "channel, WEB,                  2",
        "channel, STORE,                1",
        "direction, INBOUND,            2",
        "direction, OUTBOUND,           1",
        "touchpoint, checkout,          2",
        "touchpoint, support,           1",
        "employee, emp-0042,            1",
        "employee, emp-0043,            0",
        "reference, 536365,             1",
        "reference, 53636,              0",
        "referenceKind, ORDER,          1",
        "referenceKind, TICKET,         0",
        "from,    2026-11-19T10:00:00Z, 2",
        "from,    2026-11-19T12:00:00+02:00, 2",
        "to,      2026-11-19T10:00:00Z, 1",
        "to,      9999-12-31T23:59:59Z, 3",
    })
    void filters_leave_out_the_rest(String filter, String value, int found) {
        Customer customer = newCustomer();
        post(with(served(purchase(customer)), "occurredAt", "2026-11-18T10:00:00Z"))
                .then()
                .statusCode(201);
        Map<String, @Nullable Object> inStore =
                with(purchase(customer), "occurredAt", "2026-11-19T10:00:00Z");
        inStore = with(with(inStore, "channel", "STORE"), "touchpoint", "support");
        post(with(inStore, "direction", "OUTBOUND")).then().statusCode(201);
        Map<String, @Nullable Object> cancellation =
                with(purchase(customer), "type", "CANCELLATION");
        post(with(cancellation, "amount", Map.of("amount", "-3.00", "currency", "GBP")))
                .then()
                .statusCode(201);

        page(Map.of("customer", customer.name(), filter, value), null)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(found));
    }

    @Test
    void a_cursor_is_good_for_its_own_list_only() {
        Customer customer = newCustomer();
        Customer another = newCustomer();
        recorded(customer, "2026-11-19T10:00:00Z");
        recorded(customer, "2026-11-19T11:00:00Z");
        Map<String, String> first = Map.of("customer", customer.name(), "limit", "1");
        String next = Objects.requireNonNull(page(first, null).path("next"));

        page(Map.of("customer", customer.id().toString(), "limit", "5"), next)
                .then()
                .statusCode(200);
        for (Map<String, String> other :
                List.of(
                        Map.of("customer", another.name()),
                        Map.of("customer", customer.name(), "type", "PURCHASE"),
                        Map.of("customer", customer.name(), "employee", "emp-0042"),
                        Map.of("customer", customer.name(), "q", "lantern"),
                        Map.of("customer", customer.name(), "from", "2026-11-19T10:00:00Z"))) {
            page(other, next).then().statusCode(400).body("code", equalTo("invalid-cursor"));
        }
        page(first, "x" + next).then().statusCode(400).body("code", equalTo("invalid-cursor"));
        page(first, Cursor.of("no time", "no id").encode("interactions"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @Test
    void a_cursor_that_somebody_made_up_names_no_time_that_the_database_cannot_hold() {
        Customer customer = newCustomer();
        after(customer, "2026-11-20T10:00:00Z").then().statusCode(200);
        for (String time :
                List.of(
                        "-0001-12-31T23:59:59Z",
                        "+294277-01-01T00:00:00Z",
                        "+1000000000-12-31T23:59:59.999999999Z")) {
            after(customer, time).then().statusCode(400).body("code", equalTo("invalid-cursor"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit,   0,                    invalid-limit",
        "limit,   10000,                invalid-limit",
        "limit,   ten,                  invalid-limit",
        "type,    GIFT,                 invalid-filter",
        "channel, PIGEON,               invalid-filter",
        "direction, SIDEWAYS,           invalid-filter",
        "touchpoint, nowhere,           invalid-filter",
        "employee, Ada Lovelace,        invalid-filter",
        "reference, ' 1',               invalid-filter",
        "referenceKind, PARCEL,         invalid-filter",
        "q,       ' ',                  invalid-filter",
        "from,    yesterday,            invalid-filter",
        "to,      +12345-01-01T00:00:00Z, invalid-filter",
        "after,   !,                    invalid-cursor",
    })
    void what_cannot_be_asked_is_told_by_its_name(String parameter, String value, String code) {
        Customer customer = newCustomer();

        page(Map.of("customer", customer.name(), parameter, value), null)
                .then()
                .statusCode(400)
                .body("code", equalTo(code))
                .body("errors.parameter", hasItem(parameter));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                       400, missing-customer",
        "nobody,                   400, invalid-customer-reference",
        "shop:ada@example.com,     400, external-id-is-contact-data",
        "shop:0000,                404, unknown-customer",
        "0199aaaa-0000-7000-8000-000000000000, 404, unknown-customer",
    })
    void whose_list_it_is_must_be_said(String customer, int status, String code) {
        list(customer).then().statusCode(status).body("code", equalTo(code));
    }

    @Test
    void a_list_without_a_customer_is_none() {
        agent().get("/interactions")
                .then()
                .statusCode(400)
                .body("code", equalTo("missing-customer"));
    }

    @Test
    void a_list_tells_what_it_has_seen_and_leaves_out_the_text() {
        Customer customer = newCustomer();
        Response recorded =
                post(
                        with(
                                with(purchase(customer), "subject", "Your order"),
                                "text",
                                "Two lanterns, please."));
        String version = recorded.header("Rapport-Version");

        Response page =
                agent().header("Rapport-At-Least", version)
                        .queryParam("customer", customer.name())
                        .get("/interactions");

        page.then()
                .statusCode(200)
                .header("Rapport-Version", containsString(version))
                .body("items[0].subject", equalTo("Your order"))
                .body("items[0]", not(hasKey("text")));
        get(recorded.path("id"))
                .then()
                .statusCode(200)
                .header("Rapport-Version", containsString(version))
                .body("text", equalTo("Two lanterns, please."));
    }

    @ParameterizedTest
    @CsvSource({"0199aaaa-0000-7000-8000-000000000000", "536365", "..%2f"})
    void there_is_no_interaction_with_another_id(String id) {
        agent().urlEncodingEnabled(false)
                .get("/interactions/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    private static String recorded(Customer customer, String occurredAt) {
        Response answer =
                post(with(with(purchase(customer), "sourceId", newId()), "occurredAt", occurredAt));
        answer.then().statusCode(201);
        return answer.path("id");
    }

    /** The list after a place that only says that it is one. */
    private static Response after(Customer customer, String time) {
        String filters = "interactions of " + customer.id() + " " + TimelineFilter.NONE;
        return page(Map.of("customer", customer.name()), Cursor.of(time, newId()).encode(filters));
    }

    private static Response page(Map<String, String> parameters, @Nullable String after) {
        Map<String, String> all = new HashMap<>(parameters);
        if (after != null) {
            all.put("after", after);
        }
        return agent().queryParams(all).get("/interactions");
    }

    private static List<String> ids(Response page) {
        page.then().statusCode(200);
        return Arrays.asList(page.jsonPath().getObject("items.id", String[].class));
    }
}
