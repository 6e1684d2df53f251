package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.add;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.open;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.post;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.threads;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads are opened, answered and solved. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadResourceTest {

    @Test
    void whose_turn_it_is_follows_from_the_newest_interaction_in_it() {
        Customer customer = newCustomer();
        String first = recorded(call(customer, 10));

        Response opened = open(first);

        opened.then()
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .header("Rapport-Version", notNullValue())
                .body("customer", equalTo(customer.id().toString()))
                .body("status", equalTo("WAITING_FOR_US"))
                .body("merged", empty());
        String id = opened.path("id");
        opened.then().header("Location", endsWith("/interactions/threads/" + id));
        assertThat(get(first).<String>path("thread")).isEqualTo(id);

        String answered = added(id, turn(customer, "OUTBOUND", 20));
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
        String note = added(id, turn(customer, "INTERNAL", 25));
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
        String older = added(id, call(customer, 15));
        assertThat(status(id)).as("we have answered since").isEqualTo("WAITING_FOR_CUSTOMER");
        String again = added(id, call(customer, 30));
        assertThat(status(id)).isEqualTo("WAITING_FOR_US");
        String solved = added(id, with(turn(customer, "OUTBOUND", 40), "outcome", "SOLVED"));
        assertThat(status(id)).isEqualTo("SOLVED");
        assertThat(shown(customer, id))
                .containsExactly(solved, again, note, answered, older, first);
    }

    @Test
    void staff_solve_and_reopen_it_and_the_next_turn_of_the_customer_reopens_it_too() {
        Customer customer = newCustomer();
        String id = opened(customer, 10);

        turn(id, "SOLVED").then().statusCode(200).body("status", equalTo("SOLVED"));
        turn(id, "OPEN").then().statusCode(200).body("status", equalTo("OPEN"));
        Response solved = turn(id, "SOLVED");
        added(id, call(customer, 20));

        thread(id).then().body("status", equalTo("WAITING_FOR_US"));
        assertThat(thread(id).<String>path("statusSince"))
                .isGreaterThan(solved.<String>path("statusSince"));
    }

    @Test
    void nobody_solves_what_they_have_not_read() {
        Customer customer = newCustomer();
        String id = opened(customer, 10);
        String read = thread(id).header("ETag");
        added(id, call(customer, 20));

        turn(id, "SOLVED", read).then().statusCode(412).body("code", equalTo("stale-version"));
        turn(id, "SOLVED", null).then().statusCode(428);
        assertThat(status(id)).isEqualTo("WAITING_FOR_US");
    }

    @Test
    void to_say_the_same_again_changes_nothing() {
        String id = opened(newCustomer(), 10);
        Response solved = turn(id, "SOLVED");

        Response again = turn(id, "SOLVED");

        again.then().statusCode(200).header("ETag", equalTo(solved.header("ETag")));
        assertThat(again.asString()).isEqualTo(solved.asString());
        agent().header("If-None-Match", solved.header("ETag"))
                .get("/interactions/threads/{id}", id)
                .then()
                .statusCode(304);
    }

    @Test
    void an_interaction_is_in_one_thread_at_most() {
        Customer customer = newCustomer();
        String interaction = recorded(call(customer, 10));
        String id = open(interaction).path("id");
        String other = opened(customer, 20);

        open(interaction)
                .then()
                .statusCode(409)
                .body("code", equalTo("interaction-in-a-thread"))
                .body("thread", equalTo(id));
        add(other, interaction)
                .then()
                .statusCode(409)
                .body("code", equalTo("interaction-in-a-thread"));
        String before = thread(id).header("ETag");
        add(id, interaction).then().statusCode(200).header("ETag", equalTo(before));
        assertThat(shown(customer, id)).containsExactly(interaction);
    }

    @Test
    void a_thread_of_another_customer_is_refused() {
        String id = opened(newCustomer(), 10);
        Customer other = newCustomer();

        add(id, recorded(call(other, 20)))
                .then()
                .statusCode(409)
                .body("code", equalTo("thread-of-another-customer"));
        agent().queryParam("customer", other.id())
                .queryParam("thread", id)
                .get("/interactions")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-thread"));
    }

    @Test
    void the_same_key_opens_one_thread() {
        Customer customer = newCustomer();
        String key = newId();
        Map<String, Object> body = Map.of("interaction", recorded(call(customer, 10)));

        Response first = post(key, "", body);
        Response again = post(key, "", body);

        first.then().statusCode(201);
        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        post(key, "", Map.of("interaction", newId())).then().statusCode(422);
        threads(customer.name()).then().body("items.id", contains(first.<String>path("id")));
    }

    @Test
    void a_customers_threads_are_listed_newest_first_page_by_page_and_by_status() {
        Customer customer = newCustomer();
        opened(newCustomer(), 10);
        List<String> ids = new ArrayList<>();
        for (int minute = 10; minute < 15; minute++) {
            ids.addFirst(opened(customer, minute));
        }
        turn(ids.get(1), "SOLVED").then().statusCode(200);
        turn(ids.get(3), "SOLVED").then().statusCode(200);

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            Response page = page(customer, next, "limit", "2");
            page.then().statusCode(200);
            read.addAll(page.path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(read).isEqualTo(ids);
        page(customer, null, "status", "SOLVED")
                .then()
                .body("items.id", contains(ids.get(1), ids.get(3)))
                .body("items.merged", contains(nullValue(), nullValue()));
        page(customer, page(customer, null, "limit", "2").path("next"), "status", "SOLVED")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        page(customer, null, "status", "DONE")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", equalTo("status"));
        agent().get("/interactions/threads")
                .then()
                .statusCode(400)
                .body("code", equalTo("missing-customer"));
    }

    @Test
    void a_page_of_a_thread_goes_on_where_it_ended() {
        Customer customer = newCustomer();
        String id = opened(customer, 10);
        List<String> all = new ArrayList<>(shown(customer, id));
        recorded(call(customer, 11));
        for (int minute = 12; minute < 16; minute++) {
            all.addFirst(added(id, call(customer, minute)));
        }

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = agent().queryParam("customer", customer.name());
            if (next != null) {
                request.queryParam("after", next);
            }
            Response page =
                    request.queryParam("thread", id).queryParam("limit", 2).get("/interactions");
            read.addAll(page.path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(read).isEqualTo(all);
    }

    @Test
    void what_is_not_there_is_not_found() {
        String nothing = newId();

        thread(nothing).then().statusCode(404).body("code", equalTo("unknown-thread"));
        add(nothing, nothing).then().statusCode(404).body("code", equalTo("unknown-thread"));
        open(nothing).then().statusCode(404).body("code", equalTo("unknown-interaction"));
        turn(nothing, "SOLVED", "\"1\"").then().statusCode(404);
        threads(nothing).then().statusCode(404).body("code", equalTo("unknown-customer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"interaction\": \"x\"}", "{\"interaction\": null}", "[]", ""})
    void what_cannot_be_meant_is_refused(String body) {
        post(newId(), "", body).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    200, 412",
        "manager,  200, 412",
        "admin,    200, 403",
        "partner,  403, 403",
        "customer, 403, 403",
    })
    void each_role_does_what_is_its_own(String role, int read, int command) {
        String id = opened(newCustomer(), 10);
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();

        as(token).get("/interactions/threads/{id}", id).then().statusCode(read);
        as(token)
                .contentType("application/json")
                .header("If-Match", "\"99\"")
                .body("{\"status\": \"SOLVED\"}")
                .put("/interactions/threads/{id}/status", id)
                .then()
                .statusCode(command);
    }

    private static Response page(
            Customer customer, @Nullable String after, String name, String value) {
        var request = agent().queryParam("customer", customer.name()).queryParam(name, value);
        return (after == null ? request : request.queryParam("after", after))
                .get("/interactions/threads");
    }
}
