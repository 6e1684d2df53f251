package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.clock.ClocksApi.ALWAYS;
import static io.rapport.interaction.clock.ClocksApi.asked;
import static io.rapport.interaction.clock.ClocksApi.clocks;
import static io.rapport.interaction.clock.ClocksApi.newTouchpoint;
import static io.rapport.interaction.clock.ClocksApi.put;
import static io.rapport.interaction.clock.ClocksApi.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever tells that a clock has run out dies in the middle of it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ClockCrashTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BLOCKED =
            " FROM pg_stat_activity b WHERE ? = ANY(pg_blocking_pids(b.pid))";

    @Inject ShiftableClock clock;

    private final Databases owner = Databases.asOwner();

    @AfterEach
    void reset() {
        clock.reset();
    }

    /**
     * The timer waits for the customer's sequence, and its session ends there, as when its process
     * is killed: the row of the timer, its effect and the event are one transaction.
     */
    @Test
    void a_clock_whose_timer_was_killed_runs_out_later_and_is_told_once() throws Exception {
        Customer customer = newCustomer();
        String touchpoint = newTouchpoint();
        put(rules(ALWAYS, touchpoint, "\"firstReply\": \"PT1H\""));
        String thread = asked(customer, touchpoint, clock.instant().toString());
        String due = clocks(thread).path("items[0].due");

        try (Connection holder = owner.connect()) {
            holder.setAutoCommit(false);
            long mine =
                    number(holder, "SELECT pg_backend_pid() WHERE ? IS NOT NULL", customer.id());
            number(
                    holder,
                    "SELECT last FROM customer_sequence WHERE customer_id = ? FOR UPDATE",
                    customer.id());
            clock.shift(Duration.ofHours(1));
            await().atMost(SOON)
                    .until(() -> owner.number("SELECT count(*)" + BLOCKED, (int) mine) > 0);
            Databases.asApplication()
                    .number("SELECT count(pg_terminate_backend(b.pid))" + BLOCKED, (int) mine);
            await().atMost(SOON)
                    .until(() -> owner.number("SELECT count(*)" + BLOCKED, (int) mine) == 0);
            holder.rollback();
        }
        assertThat(timers(thread)).isEqualTo(1);
        assertThat(breaches(customer)).isZero();
        clock.shift(Duration.ofSeconds(11));

        await().atMost(SOON).until(() -> breaches(customer) == 1);
        assertThat(timers(thread)).isZero();
        clocks(thread).then().body("items.breachedAt", contains(due));
        clock.shift(Duration.ofHours(2));
        assertThat(breaches(customer)).isEqualTo(1);
    }

    private long timers(String thread) throws SQLException {
        return owner.number(
                "SELECT count(*) FROM timer JOIN thread_clock ON id = subject WHERE thread_id = ?",
                UUID.fromString(thread));
    }

    private static long breaches(Customer customer) {
        try (Topics topics = Topics.ofSuite()) {
            return topics.readAll(Topic.INTERACTIONS, customer.id()).stream()
                    .filter(
                            event ->
                                    "interaction.clock-breached.v1".equals(event.header("ce_type")))
                    .count();
        }
    }

    private static long number(Connection connection, String sql, UUID customer)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, customer);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
