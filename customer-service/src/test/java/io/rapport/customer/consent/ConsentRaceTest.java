package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.check;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.givenAt;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static io.rapport.customer.consent.ConsentsApi.withdrawn;
import static io.rapport.customer.consent.ConsentsApi.withdrawnAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callers who speak of one consent at once: the row of the customer, locked FOR UPDATE, puts them
 * into an order. What holds is the same fold in whichever order they come; the lock is there for
 * the log, whose last event of a consent must be what holds.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentRaceTest {

    private static final int CALLERS = 12;

    @RepeatedTest(5)
    void what_was_recorded_last_holds_and_is_the_last_event() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                n % 2 == 0
                                        ? give(customer, given(purpose))
                                        : withdraw(customer, withdrawn(purpose)));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
        assertThat(answers)
                .extracting(answer -> answer.<String>path("recorded.recordedAt"))
                .doesNotHaveDuplicates();
        Response last =
                answers.stream()
                        .max(Comparator.comparing(ConsentRaceTest::recordedAt))
                        .orElseThrow();
        check(customer, purpose)
                .then()
                .body("record.id", equalTo(last.<String>path("recorded.id")));
        // One event each, in the order of recording: every one of them decided what held then.
        assertThat(eventsInOrder(customer)).isEqualTo(kindsInOrder(customer));
    }

    private static Instant recordedAt(Response answer) {
        return Instant.parse(answer.path("recorded.recordedAt"));
    }

    /** Of the same time: whoever comes first, the withdrawal wins. */
    @RepeatedTest(5)
    void a_withdrawal_wins_over_givings_of_the_same_time() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();
        String time = "2026-11-01T10:00:00Z";

        AtOnce.run(
                CALLERS,
                n ->
                        n == 5
                                ? withdraw(customer, withdrawnAt(purpose, time))
                                : give(customer, givenAt(purpose, time)));

        check(customer, purpose).then().body("reason", equalTo("WITHDRAWN"));
        // What was given before the withdrawal came was told; what came after it was evidence only.
        assertThat(eventsInOrder(customer)).last().isEqualTo("WITHDRAWN");
        assertThat(eventsInOrder(customer)).containsOnlyOnce("WITHDRAWN");
    }

    @RepeatedTest(5)
    void of_many_confirmations_one_is_recorded_and_all_get_it() throws Exception {
        UUID customer = registered("{}");
        String purpose = purposeWithDoubleOptIn();
        String given = give(customer, given(purpose)).path("recorded.id");

        List<Response> answers = AtOnce.run(CALLERS, n -> confirm(customer, given));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(answer -> answer.<String>path("recorded.id"))
                .containsOnly(answers.getFirst().<String>path("recorded.id"));
        assertThat(eventsInOrder(customer)).containsExactly("GIVEN");
    }

    @RepeatedTest(5)
    void a_confirmation_and_a_withdrawal_at_once_end_without_consent() throws Exception {
        UUID customer = registered("{}");
        String purpose = purposeWithDoubleOptIn();
        String given = give(customer, given(purpose)).path("recorded.id");

        List<Response> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? confirm(customer, given)
                                        : withdraw(customer, withdrawn(purpose)));

        assertThat(answers.getFirst().statusCode()).isIn(200, 409);
        check(customer, purpose).then().body("reason", equalTo("WITHDRAWN"));
        assertThat(eventsInOrder(customer)).last().isEqualTo("WITHDRAWN");
    }

    @Test
    void who_records_waits_for_the_row_of_the_customer() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();
        try (Connection holder = Databases.asOwner().connect()) {
            holder.setAutoCommit(false);
            try (PreparedStatement lock =
                    holder.prepareStatement("SELECT FROM customer WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, customer);
                lock.execute();
            }
            CompletableFuture<Response> giving =
                    CompletableFuture.supplyAsync(() -> give(customer, given(purpose)));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitersFor(holder) > 0);
            assertThat(giving).isNotDone();
            holder.rollback();
            assertThat(giving.get().statusCode()).isEqualTo(201);
        }
    }

    /** What a partner may do is looked at again under the lock of the customer's row. */
    @Test
    void a_partner_who_loses_a_customer_records_nothing_of_it_any_more() throws Exception {
        UUID customer = UUID.fromString(put("card", newExternalId(), "{}").path("id"));
        String own = given(purpose(), "\"source\": \"card\", \"textVersion\": \"v1\"", "");
        String key = UUID.randomUUID().toString();

        CompletableFuture<Response> giving;
        try (Connection holder = Databases.asOwner().connect()) {
            holder.setAutoCommit(false);
            for (String sql :
                    List.of(
                            "SELECT FROM customer WHERE id = ? FOR UPDATE",
                            "DELETE FROM customer_identity WHERE customer_id = ?")) {
                try (PreparedStatement statement = holder.prepareStatement(sql)) {
                    statement.setObject(1, customer);
                    statement.execute();
                }
            }
            giving =
                    CompletableFuture.supplyAsync(
                            () -> give(as(Tokens.partner("card")), key, customer, own));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitersFor(holder) > 0);
            holder.commit();
        }

        giving.get().then().statusCode(404).body("code", equalTo("unknown-customer"));
        assertThat(kindsInOrder(customer)).isEmpty();
    }

    private static long waitersFor(Connection holder) throws SQLException {
        try (Statement statement = holder.createStatement();
                ResultSet waiters =
                        statement.executeQuery(
                                """
                                SELECT count(*) FROM pg_locks
                                WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                                """)) {
            waiters.next();
            return waiters.getLong(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE consent_record SET kind = 'GIVEN' WHERE customer_id = ?",
                "DELETE FROM consent_record WHERE customer_id = ?",
                "UPDATE consent_record_actor SET actor = 'x' WHERE customer_id = ?"
            })
    void the_database_refuses_the_application_to_change_what_was_recorded(String statement) {
        UUID customer = registered("{}");
        withdraw(customer, withdrawn(purpose())).then().statusCode(200);

        assertThatThrownBy(() -> Databases.asApplication().execute(statement, customer))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void who_recorded_it_can_be_cleared_and_the_record_stays() throws Exception {
        UUID customer = registered("{}");
        withdraw(customer, withdrawn(purpose())).then().statusCode(200);

        assertThat(
                        Databases.asApplication()
                                .execute(
                                        "DELETE FROM consent_record_actor WHERE customer_id = ?",
                                        customer))
                .isEqualTo(1);

        agent().get("/customers/{customer}/consents/history", customer)
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("WITHDRAWN"))
                .body("items[0].recordedBy", nullValue());
    }

    /** As they were given their sequences, sent already or not. */
    private static List<String> eventsInOrder(UUID customer) {
        return ConsentEventsTest.types(customer);
    }

    private static List<String> kindsInOrder(UUID customer) throws SQLException {
        return Databases.asOwner()
                .rows(
                        "SELECT kind FROM consent_record WHERE customer_id = ? ORDER BY recorded_at",
                        customer)
                .stream()
                .map(Map::values)
                .map(values -> values.iterator().next().toString())
                .toList();
    }
}
