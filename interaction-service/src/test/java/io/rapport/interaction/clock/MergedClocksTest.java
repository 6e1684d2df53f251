package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.clock.ClocksApi.ALWAYS;
import static io.rapport.interaction.clock.ClocksApi.LONG;
import static io.rapport.interaction.clock.ClocksApi.SOON;
import static io.rapport.interaction.clock.ClocksApi.asked;
import static io.rapport.interaction.clock.ClocksApi.clocks;
import static io.rapport.interaction.clock.ClocksApi.newTouchpoint;
import static io.rapport.interaction.clock.ClocksApi.put;
import static io.rapport.interaction.clock.ClocksApi.rules;
import static io.rapport.interaction.clock.ClocksApi.said;
import static io.rapport.interaction.clock.ClocksApi.timers;
import static io.rapport.interaction.clock.ClocksApi.told;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.split;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of clocks when their threads are merged, split, reopened and erased. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedClocksTest {

    /** How late the clocks of a thread go on whose customers are not merged any more. */
    private static final Duration LOOK = Duration.ofMinutes(5);

    @Inject ShiftableClock clock;

    private Customer customer;
    private String touchpoint;

    @BeforeEach
    void make() {
        customer = newCustomer();
        touchpoint = newTouchpoint();
    }

    @AfterEach
    void reset() {
        clock.reset();
    }

    @Test
    void the_clocks_of_a_merged_thread_stand_still_until_that_is_undone() {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT8000H\""));
        String one = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        String other = asked(customer, touchpoint, "2026-11-20T10:00:00Z");

        String operation = merge(one, other).path("id");
        clocks(one).then().body("items.state", contains("PAUSED", "RUNNING"));
        undo(one, operation).then().statusCode(200);

        clocks(one).then().body("items.state", contains("RUNNING"));
        clocks(other).then().body("items.state", contains("RUNNING"));
        assertThat(told(customer, 4))
                .containsExactly("started SOLVE", "started SOLVE", "paused SOLVE", "started SOLVE");
    }

    @Test
    void what_a_merged_thread_has_waited_for_goes_on_as_late_as_it_was() {
        put(rules(ALWAYS, touchpoint, LONG));
        String solved = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        turn(solved, "SOLVED").then().statusCode(200);
        String other = asked(customer, touchpoint, "2026-11-20T10:00:00Z");
        String answered = asked(customer, touchpoint, "2026-11-20T10:00:00Z");
        say(answered, "OUTBOUND", "2026-11-20T10:05:00Z");

        merge(solved, answered).then().statusCode(200);
        clocks(solved)
                .then()
                .body("items[0].kind", equalTo("SOLVE"))
                .body("items[0].state", equalTo("PAUSED"))
                .body("items[0].used", equalTo("PT5M"));
        merge(solved, other).then().statusCode(200);

        Response read = clocks(solved);
        read.then()
                .body("items[0].kind", equalTo("NEXT_REPLY"))
                .body("items[0].state", equalTo("RUNNING"));
        assertThat(Duration.parse(read.path("items[0].used"))).isGreaterThan(Duration.ofDays(2));
    }

    @Test
    void what_was_late_stays_late_in_the_thread_that_it_was_merged_into() {
        put(rules(ALWAYS, touchpoint, "\"firstReply\": \"PT1H\", \"nextReply\": \"PT2H\""));
        String one = asked(customer, touchpoint, clock.instant().toString());
        say(one, "OUTBOUND", clock.instant().toString());
        String other = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        String breached = "2026-11-20T10:00:00Z";
        clocks(other).then().body("items.breachedAt", contains(breached));

        merge(one, other).then().statusCode(200);

        clocks(one)
                .then()
                .body("items[0].kind", equalTo("NEXT_REPLY"))
                .body("items[0].state", equalTo("LATE"))
                .body("items[0].breachedAt", equalTo(breached));
        say(one, "OUTBOUND", clock.instant().toString());
        clocks(one).then().body("items[0].state", equalTo("BREACHED"));
        assertThat(told(customer, 6))
                .containsExactly(
                        "started FIRST_REPLY",
                        "met FIRST_REPLY",
                        "started FIRST_REPLY",
                        "breached FIRST_REPLY",
                        "paused FIRST_REPLY",
                        "started NEXT_REPLY");
    }

    @Test
    void what_an_undone_merge_brought_to_wait_for_is_dropped_and_not_met() {
        put(rules(ALWAYS, touchpoint, LONG));
        String solved = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        turn(solved, "SOLVED").then().statusCode(200);
        String other = asked(customer, touchpoint, "2026-11-20T10:00:00Z");
        String operation = merge(solved, other).path("id");
        clocks(solved)
                .then()
                .body("items.findAll { it.thread == '%s' }.state".formatted(solved), hasSize(4));

        undo(solved, operation).then().statusCode(200);

        clocks(solved).then().body("items.state", contains("DROPPED", "DROPPED", "MET", "MET"));
        clocks(other).then().body("items.state", contains("RUNNING", "RUNNING"));
        assertThat(told(customer, 14)).filteredOn(told -> told.startsWith("met")).hasSize(2);
    }

    @Test
    void what_is_split_off_gets_clocks_from_when_it_was_asked() {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT8000H\""));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        say(id, "INBOUND", "2026-11-20T10:00:00Z");

        String other = split(id, shown(customer, id).getFirst()).path("other");

        clocks(other)
                .then()
                .body("items.state", contains("RUNNING"))
                .body("items[0].startedAt", equalTo("2026-11-20T10:00:00Z"));
    }

    @Test
    void what_is_split_off_with_our_answer_waits_since_the_customer_turned_to_us_again() {
        put(rules(ALWAYS, touchpoint, LONG));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        for (String turn : List.of("INBOUND 10", "OUTBOUND 11", "INBOUND 12", "INBOUND 13")) {
            String[] said = turn.split(" ", -1);
            say(id, said[0], "2026-11-20T%s:00:00Z".formatted(said[1]));
        }
        List<String> turns = shown(customer, id);

        String other =
                split(id, turns.get(0), turns.get(1), turns.get(2), turns.get(3)).path("other");

        clocks(other)
                .then()
                .body("items.kind", contains("NEXT_REPLY", "SOLVE"))
                .body("items[0].startedAt", equalTo("2026-11-20T12:00:00Z"));
    }

    @Test
    void a_thread_that_is_solved_and_reopened_gets_a_new_clock() {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT8000H\""));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        turn(id, "SOLVED").then().statusCode(200);

        turn(id, "WAITING_FOR_CUSTOMER").then().statusCode(200);

        clocks(id).then().body("items.state", contains("PAUSED", "MET"));
    }

    @Test
    void the_time_of_an_erased_customer_runs_out_untold() throws SQLException {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT1H\""));
        String id = asked(customer, touchpoint, clock.instant().toString());
        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        await().atMost(SOON).until(() -> thread(id).statusCode() == 410);
        await().atMost(SOON)
                .until(
                        () ->
                                Databases.asOwner()
                                                .number(
                                                        "SELECT count(*) FROM customer_sequence WHERE customer_id = ? AND erased",
                                                        customer.id())
                                        == 1);

        clock.shift(Duration.ofHours(2));
        await().atMost(SOON).until(() -> timers(id) == 0);

        assertThat(told(customer, 1)).containsExactly("started SOLVE");
        clocks(id).then().statusCode(410);
    }

    /**
     * Links to threads of others count while the customers are one; nobody tells when not any more.
     */
    @Test
    void the_clocks_of_a_thread_go_on_when_its_customer_is_not_merged_any_more() {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT8000H\""));
        Customer member = newCustomer();
        String theirs = asked(member, touchpoint, "2026-11-20T09:00:00Z");
        String ours = asked(customer, touchpoint, "2026-11-20T10:00:00Z");
        try (Events events = Events.ofSuite()) {
            events.sendMerge(member.id(), 2, customer.id());
            await().atMost(SOON).until(() -> merge(ours, theirs).statusCode() == 200);
            clocks(ours).then().body("items.state", contains("RUNNING", "PAUSED"));
            clock.shift(LOOK);
            await().atMost(SOON).until(() -> looksLater(theirs));
            clocks(ours).then().body("items.state", contains("RUNNING", "PAUSED"));

            events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
            await().atMost(SOON).until(() -> thread(theirs).path("id").equals(theirs));
        }
        clocks(theirs).then().body("items.state", contains("PAUSED"));
        clock.shift(LOOK);

        await().atMost(SOON)
                .until(() -> clocks(theirs).path("items.state").equals(List.of("RUNNING")));
        clocks(ours).then().body("items.state", contains("RUNNING"));
        assertThat(told(member, 3))
                .containsExactly("started SOLVE", "paused SOLVE", "started SOLVE");
    }

    private void say(String thread, String direction, String occurredAt) {
        added(thread, said(customer, touchpoint, direction, occurredAt));
    }

    /** Whether it was looked at, so that the next look is not due yet. */
    private boolean looksLater(String thread) throws SQLException {
        return Databases.asOwner()
                        .number(
                                "SELECT count(*) FROM timer WHERE subject = ? AND due > CAST(? AS timestamptz)",
                                UUID.fromString(thread),
                                clock.instant().toString())
                == 1;
    }
}
