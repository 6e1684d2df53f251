package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.clock.ClocksApi.ALWAYS;
import static io.rapport.interaction.clock.ClocksApi.LONG;
import static io.rapport.interaction.clock.ClocksApi.OFFICE;
import static io.rapport.interaction.clock.ClocksApi.SOON;
import static io.rapport.interaction.clock.ClocksApi.asked;
import static io.rapport.interaction.clock.ClocksApi.clocks;
import static io.rapport.interaction.clock.ClocksApi.events;
import static io.rapport.interaction.clock.ClocksApi.newTouchpoint;
import static io.rapport.interaction.clock.ClocksApi.put;
import static io.rapport.interaction.clock.ClocksApi.rules;
import static io.rapport.interaction.clock.ClocksApi.said;
import static io.rapport.interaction.clock.ClocksApi.timers;
import static io.rapport.interaction.clock.ClocksApi.told;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long threads wait, in business time, and what happens when that is too long. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadClockTest {

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
    void replies_are_met_and_what_is_to_be_solved_stands_still_while_it_is_the_customers_turn() {
        long version = put(rules(ALWAYS, touchpoint, LONG));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        clocks(id)
                .then()
                .statusCode(200)
                .body("items.kind", contains("FIRST_REPLY", "SOLVE"))
                .body("items.state", contains("RUNNING", "RUNNING"))
                .body("items.policy", contains("own", "own"))
                .body("items.rulesVersion", contains((int) version, (int) version))
                .body("items[0].due", equalTo("2027-10-19T17:00:00Z"));

        say(id, "OUTBOUND", "2026-11-20T09:10:00Z");
        clocks(id)
                .then()
                .body("items.state", contains("MET", "PAUSED"))
                .body("items.used", contains("PT10M", "PT10M"))
                .body("items[0].endedAt", equalTo("2026-11-20T09:10:00Z"));
        say(id, "INBOUND", "2026-11-20T10:00:00Z");
        clocks(id)
                .then()
                .body("items.kind", contains("NEXT_REPLY", "FIRST_REPLY", "SOLVE"))
                .body("items.state", contains("RUNNING", "MET", "RUNNING"));
        say(id, "INBOUND", "2026-11-20T10:01:00Z");
        say(id, "OUTBOUND", "2026-11-20T10:05:00Z");
        clocks(id).then().body("items.used", contains("PT5M", "PT10M", "PT15M"));
        turn(id, "SOLVED").then().statusCode(200);
        clocks(id)
                .then()
                .body("items.state", contains("MET", "MET", "MET"))
                .body("items[2].used", equalTo("PT15M"));

        assertThat(told(customer, 9))
                .containsExactly(
                        "started SOLVE",
                        "started FIRST_REPLY",
                        "paused SOLVE",
                        "met FIRST_REPLY",
                        "started SOLVE",
                        "started NEXT_REPLY",
                        "paused SOLVE",
                        "met NEXT_REPLY",
                        "met SOLVE");
        events(customer, "")
                .forEach(
                        event ->
                                Samples.assertSameShape(
                                        Objects.requireNonNull(event.header("ce_type")),
                                        Objects.requireNonNull(event.value())));
    }

    @Test
    void
            a_reply_that_is_told_late_ends_the_clock_when_it_was_and_what_came_since_waits_from_then() {
        put(rules(ALWAYS, touchpoint, LONG));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        say(id, "INBOUND", "2026-11-20T10:00:00Z");

        say(id, "OUTBOUND", "2026-11-20T09:30:00Z");

        clocks(id)
                .then()
                .body("items.kind", contains("NEXT_REPLY", "FIRST_REPLY", "SOLVE"))
                .body("items.state", contains("RUNNING", "MET", "RUNNING"))
                .body("items[0].startedAt", equalTo("2026-11-20T10:00:00Z"))
                .body("items[1].used", equalTo("PT30M"));
        say(id, "OUTBOUND", "2026-11-20T08:00:00Z");
        clocks(id).then().body("items.state", contains("RUNNING", "MET", "RUNNING"));
    }

    /** Friday from 12:00 until 13:30, with half an hour of lunch. */
    @Test
    void time_runs_out_to_the_second_in_business_time_and_is_told_once() {
        put(rules(OFFICE, touchpoint, "\"firstReply\": \"PT1H0M7S\""));

        String id = asked(customer, touchpoint, "2026-11-20T12:00:00Z");

        Message breached =
                await().atMost(SOON)
                        .until(() -> events(customer, "breached"), found -> found.size() == 1)
                        .getFirst();
        assertThat(breached.header("ce_time")).isEqualTo("2026-11-20T13:30:07Z");
        Samples.assertSameShape(
                "interaction.clock-breached.v1", Objects.requireNonNull(breached.value()));
        clocks(id)
                .then()
                .body("items.state", contains("LATE"))
                .body("items[0].breachedAt", equalTo("2026-11-20T13:30:07Z"));
        say(id, "OUTBOUND", "2026-11-20T15:30:00Z");
        clocks(id)
                .then()
                .body("items.state", contains("BREACHED"))
                .body("items[0].used", equalTo("PT3H"));
        say(id, "INBOUND", "2026-11-20T15:40:00Z");
        assertThat(told(customer, 2))
                .containsExactly("started FIRST_REPLY", "breached FIRST_REPLY");
    }

    @Test
    void a_timer_fires_when_its_time_has_come_and_not_before() {
        put(rules(ALWAYS, touchpoint, "\"firstReply\": \"PT1H\""));
        String id = asked(customer, touchpoint, now());

        clock.shift(Duration.ofMinutes(59));
        clocks(id).then().body("items.state", contains("RUNNING"));
        assertThat(timers(id)).isEqualTo(1);
        clock.shift(Duration.ofMinutes(2));

        clocks(id).then().body("items.state", contains("LATE"));
        await().atMost(SOON).until(() -> timers(id) == 0);
        await().atMost(SOON).until(() -> events(customer, "breached").size() == 1);
        clock.shift(Duration.ofDays(2));
        assertThat(events(customer, "breached")).hasSize(1);
    }

    @Test
    void a_timer_that_was_set_before_a_pause_breaches_nothing() {
        put(rules(ALWAYS, touchpoint, "\"solve\": \"PT1H\""));
        String id = asked(customer, touchpoint, now());
        say(id, "OUTBOUND", now());

        clock.shift(Duration.ofHours(3));
        await().atMost(SOON).until(() -> timers(id) == 0);

        clocks(id).then().body("items.state", contains("PAUSED"));
        assertThat(told(customer, 2)).containsExactly("started SOLVE", "paused SOLVE");
        say(id, "INBOUND", now());
        clocks(id).then().body("items.state", contains("RUNNING"));
        clock.shift(Duration.ofHours(1));
        await().atMost(SOON).until(() -> events(customer, "breached").size() == 1);
    }

    /** The customer's sequence is the lock of both: a clock is met or breached, never both. */
    @Test
    void of_a_reply_and_the_timer_at_the_same_moment_one_comes_first() {
        put(rules(ALWAYS, touchpoint, "\"firstReply\": \"PT1M\""));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(asked(customer, touchpoint, now()));
        }

        AtOnce.run(
                4,
                caller -> {
                    if (caller == 0) {
                        clock.shift(Duration.ofSeconds(61));
                        return 0;
                    }
                    for (int i = caller - 1; i < ids.size(); i += 3) {
                        say(ids.get(i), "OUTBOUND", now());
                    }
                    return 0;
                });

        for (String id : ids) {
            Response read = clocks(id);
            assertThat(read.<List<String>>path("items.state"))
                    .hasSize(1)
                    .containsAnyOf("MET", "BREACHED");
        }
        await().atMost(SOON)
                .until(
                        () ->
                                events(customer, "met").size() + events(customer, "breached").size()
                                        == ids.size());
        assertThat(events(customer, "started")).hasSize(ids.size());
    }

    private void say(String thread, String direction, String occurredAt) {
        added(thread, said(customer, touchpoint, direction, occurredAt));
    }

    private String now() {
        return clock.instant().toString();
    }
}
