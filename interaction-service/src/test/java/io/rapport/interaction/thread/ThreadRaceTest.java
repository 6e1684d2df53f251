package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.add;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.open;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.split;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.threads;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Several change one matter at once. The lock is the row of customer_sequence of each customer who
 * is one with the thread's, taken in the order of their ids; who comes second sees what the first
 * has made of it.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadRaceTest {

    private static final int CALLERS = 16;

    /** The version in If-Match, compared under the lock. */
    @Test
    void of_many_who_solve_the_version_that_they_have_read_one_does() throws SQLException {
        Customer customer = newCustomer();
        String id = opened(customer, 10);
        String read = thread(id).header("ETag");

        List<Integer> statuses =
                AtOnce.run(
                        CALLERS,
                        caller ->
                                turn(id, caller % 2 == 0 ? "SOLVED" : "WAITING_FOR_CUSTOMER", read)
                                        .statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        assertThat(thread(id).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void of_many_who_open_a_thread_with_one_interaction_one_does() {
        Customer customer = newCustomer();
        String interaction = recorded(call(customer, 10));

        List<Integer> statuses = AtOnce.run(CALLERS, caller -> open(interaction).statusCode());

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        threads(customer.name()).then().body("items", hasSize(1));
    }

    @Test
    void all_that_many_put_into_a_thread_are_in_it_and_the_newest_says_whose_turn_it_is() {
        Customer customer = newCustomer();
        String id = opened(customer, 0);
        List<String> recorded =
                Stream.iterate(1, minute -> minute + 1)
                        .limit(CALLERS)
                        .map(minute -> recorded(call(customer, minute)))
                        .toList();
        String answer = recorded(turn(customer, "OUTBOUND", 50));

        List<Integer> statuses =
                AtOnce.run(
                        CALLERS + 5,
                        caller ->
                                caller < CALLERS
                                        ? add(id, recorded.get(caller)).statusCode()
                                        : caller == CALLERS
                                                ? add(id, answer).statusCode()
                                                : InteractionsApi.post(
                                                                        with(
                                                                                call(customer, 40),
                                                                                "thread",
                                                                                id))
                                                                .statusCode()
                                                        - 1);

        assertThat(statuses).containsOnly(200);
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(thread(id).header("ETag")).isEqualTo("\"" + (CALLERS + 6) + "\"");
    }

    @Test
    void what_comes_to_a_thread_while_it_is_merged_and_unmerged_is_in_it_afterwards() {
        Customer customer = newCustomer();
        String one = opened(customer, 0);
        String other = opened(customer, 1);

        AtOnce.run(
                6,
                caller -> {
                    if (caller == 0) {
                        for (int i = 0; i < 4; i++) {
                            String merge = merge(one, other).path("id");
                            undo(one, merge).then().statusCode(200);
                        }
                        return merge(one, other).statusCode();
                    }
                    for (int i = 0; i < 5; i++) {
                        InteractionsApi.post(with(call(customer, 2), "thread", other))
                                .then()
                                .statusCode(201);
                    }
                    return 200;
                });

        assertThat(shown(customer, one).size()).isEqualTo(20);
        assertThat(count(other)).isEqualTo(26);
        assertThat(status(one)).isEqualTo("WAITING_FOR_US");
    }

    @Test
    void of_two_merges_that_would_make_a_circle_one_is_done() {
        Customer customer = newCustomer();
        String one = opened(customer, 0);
        String other = opened(customer, 1);

        List<Integer> statuses =
                AtOnce.run(
                        2,
                        caller ->
                                (caller == 0 ? merge(one, other) : merge(other, one)).statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void of_splits_of_all_that_is_in_a_thread_one_interaction_stays() {
        Customer customer = newCustomer();
        String id = opened(customer, 0);
        String first = shown(customer, id).getFirst();
        String second = recorded(call(customer, 1));
        add(id, second).then().statusCode(200);

        List<Integer> statuses =
                AtOnce.run(2, caller -> split(id, caller == 0 ? first : second).statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        assertThat(shown(customer, id)).hasSize(1);
    }

    /** The unique key of thread_operation stands behind the lock. */
    @Test
    void of_many_who_undo_one_does() {
        Customer customer = newCustomer();
        String one = opened(customer, 0);
        String operation = merge(one, opened(customer, 1)).path("id");

        List<Integer> statuses = AtOnce.run(8, caller -> undo(one, operation).statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
    }

    @Test
    void batches_that_name_threads_in_any_order_do_not_block_each_other_for_good() {
        Customer one = newCustomer();
        Customer other = newCustomer();
        String ofOne = opened(one, 0);
        String ofOther = opened(other, 0);

        AtOnce.run(
                        6,
                        caller -> {
                            String first = line(one, ofOne);
                            String second = line(other, ofOther);
                            return caller % 2 == 0
                                    ? InteractionsApi.batch(first, second)
                                    : InteractionsApi.batch(second, first);
                        })
                .forEach(
                        results ->
                                assertThat(results.asString().split("\n"))
                                        .allSatisfy(
                                                line ->
                                                        assertThat(line)
                                                                .contains("\"status\":201")));
        assertThat(shown(one, ofOne)).hasSize(7);
        assertThat(shown(other, ofOther)).hasSize(7);
    }

    private static String line(Customer customer, String thread) {
        return """
               {"customer": "%s", "source": "shop", "sourceId": "%s", "type": "CALL", "channel": "PHONE", \
               "direction": "INBOUND", "occurredAt": "2026-11-20T09:30:00Z", "thread": "%s"}"""
                .formatted(customer.id(), newId(), thread);
    }

    private static long count(String thread) {
        try {
            return Databases.asOwner()
                    .number(
                            "SELECT count(*) FROM thread_interaction WHERE thread_id = ?",
                            UUID.fromString(thread));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
