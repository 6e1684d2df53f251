package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.add;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.operations;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of threads: for the customer to read, to be erased, and for good. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadDataTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void an_export_tells_in_which_threads_interactions_are() {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        String other = opened(customer, 20);
        recorded(call(customer, 30));
        merge(one, other).then().statusCode(200);

        agent().get("/interactions/customers/{customer}/export", customer.name())
                .then()
                .statusCode(200)
                .body("threads.id", contains(other, one))
                .body("threads[0].mergedInto", equalTo(one))
                .body("threads[0].status", equalTo("WAITING_FOR_US"))
                .body("threads[0].interactions", contains(shown(customer, one).getFirst()))
                .body("threads[1].interactions", contains(shown(customer, one).getLast()));
    }

    @Test
    void an_erasure_takes_who_worked_on_threads_and_refuses_whatever_is_asked_of_them()
            throws SQLException {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        String other = opened(customer, 20);
        String operation = merge(one, other).path("id");
        String loose = recorded(call(customer, 30));
        Databases database = Databases.asOwner();
        assertThat(actors(database, customer)).isEqualTo(1);

        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        await().atMost(SOON).until(() -> thread(one).statusCode() == 410);
        await().atMost(SOON).until(() -> actors(database, customer) == 0);

        turn(one, "SOLVED", "\"1\"").then().statusCode(410);
        add(one, loose).then().statusCode(410);
        ThreadsApi.open(loose).then().statusCode(410);
        undo(one, operation).then().statusCode(410);
        operations(one).then().statusCode(410);
        post(with(with(call(customer, 40), "thread", one), "customer", customer.id()))
                .then()
                .statusCode(410);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM thread WHERE customer_id = ?", customer.id()))
                .isEqualTo(2);
    }

    /** The reaction that erases may be ahead of the directory: it holds the customer's sequence. */
    @Test
    void who_is_being_erased_is_refused_under_the_lock() throws SQLException {
        Customer customer = newCustomer();
        String id = opened(customer, 10);
        Databases.asOwner()
                .execute(
                        "UPDATE customer_sequence SET erased = true WHERE customer_id = ?",
                        customer.id());

        turn(id, "SOLVED", "\"1\"").then().statusCode(410).body("code", equalTo("customer-erased"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INSERT INTO thread VALUES (gen_random_uuid(), gen_random_uuid(), 'DONE', now(), now(), NULL, 1)"
                        + " | thread_status_is_known",
                "INSERT INTO thread SELECT id, id, 'OPEN', now(), now(), id, 1 FROM (SELECT gen_random_uuid() AS id) AS made"
                        + " | thread_is_not_merged_into_itself",
                "INSERT INTO thread VALUES (gen_random_uuid(), gen_random_uuid(), 'OPEN', now(), now(), NULL, 0)"
                        + " | thread_version_is_positive",
                "INSERT INTO thread_interaction VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), now())"
                        + " | thread_interaction_is_recorded",
                "INSERT INTO thread_interaction SELECT customer_id, interaction_id, gen_random_uuid(), now(), now() FROM thread_interaction LIMIT 1"
                        + " | thread_interaction_is_in_one_thread",
                "INSERT INTO thread_operation SELECT customer_id, gen_random_uuid(), thread_id, 'MOVED', other_id, NULL, status_before, now(), 1, now(), NULL FROM thread_operation LIMIT 1"
                        + " | thread_operation_kind_is_known",
                "INSERT INTO thread_operation SELECT customer_id, gen_random_uuid(), thread_id, 'UNDONE', other_id, NULL, status_before, now(), 1, now(), NULL FROM thread_operation LIMIT 1"
                        + " | thread_operation_undoes_another",
                "INSERT INTO thread_operation SELECT customer_id, gen_random_uuid(), thread_id, kind, other_id, undoes, status_before, now(), 1, now(), NULL FROM thread_operation WHERE undoes IS NOT NULL LIMIT 1"
                        + " | thread_operation_is_undone_once",
            })
    void each_rule_has_its_constraint(String statement, String constraint) {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        undo(one, merge(one, opened(customer, 20)).path("id")).then().statusCode(200);

        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .hasMessageContaining(constraint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE thread SET customer_id = gen_random_uuid()",
                "UPDATE thread SET opened_at = now()",
                "DELETE FROM thread",
                "UPDATE thread_interaction SET joined_at = now()",
                "DELETE FROM thread_interaction",
                "UPDATE thread_operation SET kind = 'SPLIT'",
                "DELETE FROM thread_operation",
                "UPDATE thread_operation_interaction SET from_thread = gen_random_uuid()",
                "DELETE FROM thread_operation_interaction",
            })
    void the_service_itself_cannot_change_what_happened(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState())
                .isEqualTo("42501");
    }

    private static long actors(Databases database, Customer customer) throws SQLException {
        return database.number(
                "SELECT count(*) FROM thread_operation WHERE customer_id = ? AND actor IS NOT NULL",
                customer.id());
    }
}
