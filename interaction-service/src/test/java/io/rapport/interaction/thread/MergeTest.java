package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.thread.ThreadsApi.add;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.operations;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.split;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.threads;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two threads of one matter become one, and are as they were when that is undone. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private Customer customer;
    private String one;
    private String other;

    @BeforeEach
    void open() {
        customer = newCustomer();
        one = opened(customer, 10);
        other = opened(customer, 20);
    }

    @Test
    void the_merged_one_answers_as_the_other_and_what_comes_to_it_comes_there() {
        Response done = merge(one, other);

        done.then()
                .statusCode(200)
                .body("kind", equalTo("MERGED"))
                .body("thread", equalTo(one))
                .body("other", equalTo(other))
                .body("actor", equalTo("agent-1"))
                .body("undone", equalTo(false));
        thread(other)
                .then()
                .statusCode(200)
                .header("Content-Location", endsWith("/interactions/threads/" + one))
                .body("id", equalTo(one))
                .body("merged", contains(other));
        threads(customer.name()).then().body("items.id", contains(one));
        String answer = added(other, turn(customer, "OUTBOUND", 30));
        assertThat(status(one)).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(shown(customer, one)).hasSize(3).startsWith(answer);
        assertThat(shown(customer, other)).isEqualTo(shown(customer, one));
        operations(other).then().body("items.id", contains(done.<String>path("id")));
    }

    @Test
    void undone_each_is_as_it_was_with_what_came_to_it_meanwhile() {
        turn(one, "SOLVED").then().statusCode(200);
        String since = thread(one).path("statusSince");
        List<String> ofOne = shown(customer, one);
        List<String> ofOther = shown(customer, other);

        String operation = merge(one, other).path("id");
        assertThat(status(one)).as("the other waits for us").isEqualTo("WAITING_FOR_US");
        Response undone = undo(one, operation);

        undone.then()
                .statusCode(200)
                .body("kind", equalTo("UNDONE"))
                .body("undoes", equalTo(operation));
        thread(one)
                .then()
                .body("status", equalTo("SOLVED"))
                .body("statusSince", equalTo(since))
                .body("merged", empty());
        thread(other).then().body("id", equalTo(other)).body("status", equalTo("WAITING_FOR_US"));
        assertThat(shown(customer, one)).isEqualTo(ofOne);
        assertThat(shown(customer, other)).isEqualTo(ofOther);
        operations(one).then().body("items.undone", contains(false, true));

        String again = merge(one, other).path("id");
        String toOne = added(one, turn(customer, "OUTBOUND", 30));
        String toOther = added(other, turn(customer, "OUTBOUND", 31));
        undo(one, again).then().statusCode(200);
        assertThat(shown(customer, one)).containsExactly(toOne, ofOne.getFirst());
        assertThat(shown(customer, other)).containsExactly(toOther, ofOther.getFirst());
        assertThat(status(one)).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(status(other)).isEqualTo("WAITING_FOR_CUSTOMER");
    }

    @Test
    void what_was_merged_before_goes_along_and_comes_apart_in_any_order() {
        String third = opened(customer, 30);
        String first = merge(one, other).path("id");
        String second = merge(third, one).path("id");

        assertThat(shown(customer, third)).hasSize(3);
        thread(other).then().body("id", equalTo(third));
        undo(third, first).then().statusCode(200);
        assertThat(shown(customer, third)).hasSize(2);
        assertThat(shown(customer, other)).hasSize(1);
        undo(third, second).then().statusCode(200);
        assertThat(shown(customer, third)).hasSize(1);
        assertThat(shown(customer, one)).hasSize(1);
    }

    @Test
    void a_thread_is_merged_with_another_one_of_the_same_customer_once() {
        refused(merge(one, one), "same-thread");
        refused(merge(one, opened(newCustomer(), 10)), "thread-of-another-customer");
        merge(one, newId()).then().statusCode(404).body("code", equalTo("unknown-thread"));
        merge(one, other).then().statusCode(200);
        String third = opened(customer, 30);

        refused(merge(one, other), "thread-merged");
        refused(merge(other, one), "thread-merged");
        refused(merge(third, other), "thread-merged");
        refused(merge(other, third), "thread-merged");
        refused(split(other, shown(customer, one).getFirst()), "thread-merged");
    }

    @Test
    void a_merge_is_undone_once_and_an_undo_never() {
        String operation = merge(one, other).path("id");
        String undone = undo(one, operation).path("id");

        refused(undo(one, operation), "already-undone");
        refused(undo(one, undone), "cannot-be-undone");
        undo(opened(customer, 30), operation)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-operation"));
        undo(one, newId()).then().statusCode(404).body("code", equalTo("unknown-operation"));
    }

    /** Links of customers who are not one any more do not count, and lead nowhere in a circle. */
    @Test
    void links_that_lead_back_by_customers_who_were_one_make_no_circle() throws SQLException {
        Databases.asOwner()
                .execute(
                        "INSERT INTO thread (customer_id, id, status, status_since, opened_at, merged_into, version)"
                                + " VALUES (gen_random_uuid(), ?, 'OPEN', now(), now(), ?, 1)",
                        UUID.fromString(newId()),
                        UUID.fromString(other));
        UUID elsewhere =
                UUID.fromString(
                        String.valueOf(
                                Databases.asOwner()
                                        .rows(
                                                "SELECT id FROM thread WHERE merged_into = ?",
                                                UUID.fromString(other))
                                        .getFirst()
                                        .get("id")));
        Databases.asOwner()
                .execute(
                        "UPDATE thread SET merged_into = ? WHERE id = ?",
                        elsewhere,
                        UUID.fromString(one));

        thread(one).then().body("id", equalTo(one));
        refused(merge(one, other), "threads-in-a-circle");
        assertThat(shown(customer, one)).hasSize(1);
    }

    @Test
    void fifty_threads_are_one_and_no_more() throws SQLException {
        fill(
                """
                INSERT INTO thread (customer_id, id, status, status_since, opened_at, merged_into, version)
                SELECT ?, gen_random_uuid(), 'OPEN', now(), now(), ?, 1 FROM generate_series(1, 49)""");

        refused(merge(one, other), "too-many-merged-threads");
        refused(merge(other, one), "too-many-merged-threads");
    }

    @Test
    void a_thread_has_a_thousand_interactions_and_no_more() throws SQLException {
        fill(
                """
                WITH made AS (
                    INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                             direction, source, source_id)
                    SELECT ?, gen_random_uuid(), now(), now(), 'CALL', 0, 'PHONE', 'INBOUND', 'shop', number
                    FROM generate_series(1, 999) AS number RETURNING customer_id, id)
                INSERT INTO thread_interaction (customer_id, interaction_id, thread_id, occurred_at, joined_at)
                SELECT customer_id, id, ?, now(), now() FROM made""");

        refused(merge(one, other), "thread-full");
        refused(add(one, recorded(call(customer, 30))), "thread-full");
    }

    @Test
    void threads_of_merged_customers_are_one_until_the_customers_are_unmerged() {
        Customer member = newCustomer();
        String theirs = opened(member, 30);
        refused(merge(one, theirs), "thread-of-another-customer");
        try (Events events = Events.ofSuite()) {
            events.sendMerge(member.id(), 2, customer.id());
            await().atMost(SOON)
                    .until(() -> list(member.name()).<List<?>>path("items").size() == 3);
            threads(customer.name()).then().body("items.id", contains(theirs, other, one));

            merge(one, theirs).then().statusCode(200);
            String late = added(one, call(member, 40));
            assertThat(shown(customer, one)).hasSize(3).startsWith(late);
            assertThat(shown(member, theirs)).isEqualTo(shown(customer, one));
            threads(member.name())
                    .then()
                    .header(
                            "Content-Location",
                            endsWith("/interactions/threads?customer=" + customer.id()))
                    .body("items.id", contains(other, one));

            events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
            await().atMost(SOON)
                    .until(() -> list(customer.name()).<List<?>>path("items").size() == 2);
        }
        threads(customer.name()).then().body("items.id", contains(other, one));
        threads(member.name()).then().body("items.id", contains(theirs));
        assertThat(shown(customer, one)).hasSize(1);
        assertThat(shown(member, theirs)).hasSize(1);
        thread(theirs).then().body("id", equalTo(theirs));
    }

    private void fill(String sql) throws SQLException {
        Databases.asOwner().execute(sql, customer.id(), UUID.fromString(one));
    }

    private static void refused(Response answer, String code) {
        answer.then().statusCode(409).body("code", equalTo(code));
    }
}
