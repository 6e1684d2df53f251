package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.ids;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static io.rapport.interaction.promise.PromisesApi.told;
import static io.rapport.interaction.promise.PromisesApi.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A promise that runs past its due time breaks by itself, once, whoever says what meanwhile. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BreakingTest {

    private static final String BROKEN = "interaction.promise-broken.v1";

    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    private final Databases database = Databases.asOwner();
    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @AfterEach
    void reset() {
        shiftable.reset();
    }

    @Test
    void it_is_broken_at_the_very_instant_at_which_it_is_due() throws Exception {
        String interaction = interaction(customer);
        Instant due = clock.instant().plusSeconds(2).truncatedTo(ChronoUnit.MICROS);
        Response made = make(interaction, callBack(due));
        made.then().statusCode(201).body("state", equalTo("OPEN"));
        String promise = made.path("id");

        Message event = told(customer.id(), 2).getLast();

        assertThat(type(event)).isEqualTo(BROKEN);
        Samples.assertSameShape(BROKEN, Objects.requireNonNull(event.value()));
        JsonNode data = new ObjectMapper().readTree(event.value());
        assertThat(data.path("promise").asText()).isEqualTo(promise);
        assertThat(Instant.parse(data.path("brokenAt").asText())).isEqualTo(due);
        assertThat(Instant.parse(event.header("ce_time"))).isEqualTo(due);
        read(promise)
                .then()
                .body("state", equalTo("BROKEN"))
                .body("settledAt", equalTo(data.path("brokenAt").asText()));
        assertThat(timers(promise)).isZero();
    }

    /** As when nobody was here for two days: rows of before, and a timer that is long due. */
    @Test
    void what_was_due_while_nobody_was_here_is_broken_when_it_was_due() throws Exception {
        UUID interaction = UUID.fromString(interaction(customer));
        UUID promise = Ids.next();
        Instant due = clock.instant().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MICROS);
        database.execute(
                """
                WITH fact AS (
                    INSERT INTO promise (customer_id, id, interaction_id, kind, team, employee, made_at, due_at)
                    VALUES (?, ?, ?, 'ANSWER', 'support', 'e-17', CAST(? AS timestamptz) - interval '1 day', CAST(? AS timestamptz)))
                INSERT INTO timer (kind, subject, due) VALUES ('promise-due', ?, CAST(? AS timestamptz))""",
                customer.id(),
                promise,
                interaction,
                due.toString(),
                due.toString(),
                promise,
                due.toString());

        Message event = told(customer.id(), 1).getFirst();

        assertThat(type(event)).isEqualTo(BROKEN);
        assertThat(Instant.parse(event.header("ce_time"))).isEqualTo(due);
        read(promise.toString()).then().body("state", equalTo("BROKEN"));
    }

    /** Without its timer, which may be late: the due time alone decides. */
    @Test
    void from_its_due_time_on_it_is_broken_for_all_though_its_timer_is_late() throws Exception {
        Instant due = clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS);
        String promise = promised(customer, due);
        database.execute("DELETE FROM timer WHERE subject = CAST(? AS uuid)", promise);

        shiftable.shift(Duration.ofDays(1).minusMinutes(1));
        assertThat(ids(customer.name(), "OPEN")).containsExactly(promise);
        shiftable.shift(Duration.ofMinutes(2));

        read(promise)
                .then()
                .body("state", equalTo("BROKEN"))
                .body("settledAt", equalTo(read(promise).path("dueAt")));
        assertThat(ids(customer.name(), "OPEN")).isEmpty();
        assertThat(ids(customer.name(), "BROKEN")).containsExactly(promise);
        for (String late : List.of("KEPT", "EXCEEDED")) {
            settle(promise, late)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("promise-is-closed"))
                    .body("state", equalTo("BROKEN"));
        }
        assertThat(outcomes(promise)).isZero();
        // Who says that it is broken says nothing new, and settles what the timer has not.
        settle(promise, "BROKEN").then().statusCode(200).body("state", equalTo("BROKEN"));
        Message event = told(customer.id(), 2).getLast();
        assertThat(Instant.parse(event.header("ce_time"))).isEqualTo(due);
    }

    @Test
    void many_that_are_due_together_are_each_broken_once() throws SQLException {
        int count = 130;
        String interaction = interaction(customer);
        Instant due = clock.instant().plus(Duration.ofHours(3));
        for (int i = 0; i < count; i++) {
            make(interaction, callBack(due)).then().statusCode(201);
        }

        shiftable.shift(Duration.ofHours(4));

        List<Message> events = told(customer.id(), 2 * count);
        assertThat(events).hasSize(2 * count);
        assertThat(events.stream().filter(event -> type(event).equals(BROKEN)).distinct())
                .hasSize(count);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM promise_outcome WHERE customer_id = ? AND outcome = 'BROKEN'",
                                customer.id()))
                .isEqualTo(count);
    }

    /** The primary key promise_outcome_is_one decides. */
    @Test
    void of_twenty_who_settle_it_at_once_one_does() {
        String promise = promised(customer, clock.instant().plus(Duration.ofHours(1)));
        List<String> outcomes = List.of("KEPT", "EXCEEDED", "BROKEN");

        List<Integer> statuses =
                AtOnce.run(20, caller -> settle(promise, outcomes.get(caller % 3)).statusCode());

        String state = read(promise).path("state");
        int same = state.equals("BROKEN") ? 6 : 7;
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(same);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(20 - same);
        assertThat(told(customer.id(), 2)).hasSize(2);
    }

    /** The same key decides; who is second waits for the timer, and is refused. */
    @Test
    void who_keeps_it_at_the_instant_at_which_it_breaks_is_told_which_it_was() {
        String interaction = interaction(customer);
        int count = 40;
        Instant due = clock.instant().plus(Duration.ofHours(1));
        List<String> promises =
                IntStream.range(0, count)
                        .mapToObj(i -> make(interaction, callBack(due)).<String>path("id"))
                        .toList();
        shiftable.shift(Duration.between(clock.instant(), due).minusMillis(100));

        List<List<Integer>> statuses =
                AtOnce.run(
                        8,
                        caller ->
                                promises
                                        .subList(caller * count / 8, (caller + 1) * count / 8)
                                        .stream()
                                        .map(promise -> settle(promise, "KEPT").statusCode())
                                        .toList());

        List<Integer> flat = statuses.stream().flatMap(List::stream).toList();
        List<Message> events = told(customer.id(), 2 * count);
        assertThat(events).hasSize(2 * count);
        assertThat(flat).allMatch(status -> status == 200 || status == 409);
        for (int i = 0; i < count; i++) {
            read(promises.get(i))
                    .then()
                    .body("state", equalTo(flat.get(i) == 200 ? "KEPT" : "BROKEN"));
        }
        assertThat(events.stream().filter(event -> type(event).equals(BROKEN)))
                .hasSize((int) flat.stream().filter(status -> status == 409).count());
    }

    /** What kills the process kills its transaction; the timer is there as before. */
    @Test
    void a_timer_that_is_killed_on_its_way_has_done_nothing_and_fires_again() throws Exception {
        String promise = promised(customer, clock.instant().plus(Duration.ofHours(1)));
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            int pid = lock(holder, customer.id());
            shiftable.shift(Duration.ofHours(2));
            await().atMost(SOON).until(() -> kill(pid) > 0);
            assertThat(outcomes(promise)).isZero();
            assertThat(timers(promise)).isEqualTo(1);
            holder.rollback();
        }
        // So long it is left alone when it failed.
        shiftable.shift(Duration.ofMinutes(1));

        List<Message> events = told(customer.id(), 2);
        assertThat(events).extracting(PromisesApi::type).last().isEqualTo(BROKEN);
        assertThat(events).hasSize(2);
        assertThat(timers(promise)).isZero();
    }

    /** Answers the session that holds the customer's row from now on. */
    private static int lock(Connection holder, UUID customer) throws SQLException {
        try (Statement lock = holder.createStatement();
                ResultSet row =
                        lock.executeQuery(
                                "SELECT pg_backend_pid() FROM customer_sequence WHERE customer_id = '%s' FOR UPDATE"
                                        .formatted(customer))) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Ends the session that waits for the holder, if there is one. */
    private static long kill(int holder) throws SQLException {
        return Databases.asApplication()
                .number(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))",
                        holder);
    }

    private long timers(String promise) throws SQLException {
        return database.number(
                "SELECT count(*) FROM timer WHERE subject = CAST(? AS uuid)", promise);
    }

    private long outcomes(String promise) throws SQLException {
        return database.number(
                "SELECT count(*) FROM promise_outcome WHERE promise_id = CAST(? AS uuid)", promise);
    }
}
