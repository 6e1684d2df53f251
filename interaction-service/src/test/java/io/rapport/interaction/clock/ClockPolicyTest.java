package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.clock.ClocksApi.ALWAYS;
import static io.rapport.interaction.clock.ClocksApi.LONG;
import static io.rapport.interaction.clock.ClocksApi.OFFICE;
import static io.rapport.interaction.clock.ClocksApi.asked;
import static io.rapport.interaction.clock.ClocksApi.clocks;
import static io.rapport.interaction.clock.ClocksApi.newTouchpoint;
import static io.rapport.interaction.clock.ClocksApi.put;
import static io.rapport.interaction.clock.ClocksApi.rules;
import static io.rapport.interaction.clock.ClocksApi.said;
import static io.rapport.interaction.clock.ClocksApi.timers;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By which policy and calendar clocks are set. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ClockPolicyTest {

    private Customer customer;
    private String touchpoint;

    @BeforeEach
    void make() {
        customer = newCustomer();
        touchpoint = newTouchpoint();
    }

    @Test
    void clocks_that_run_keep_the_rules_by_which_they_were_set() {
        long first = put(rules(ALWAYS, touchpoint, LONG));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");
        put(rules(OFFICE, touchpoint, "\"solve\": \"PT1M\""));
        say(id, "OUTBOUND", "2026-11-20T09:30:00Z");
        say(id, "INBOUND", "2026-11-20T09:40:00Z");

        clocks(id)
                .then()
                .body("items.kind", contains("FIRST_REPLY", "SOLVE"))
                .body("items.rulesVersion", contains((int) first, (int) first))
                .body("items[1].due", equalTo("2027-10-19T17:10:00Z"));
    }

    @Test
    void the_first_policy_that_fits_sets_the_clock_and_where_none_does_there_is_none() {
        String other = newTouchpoint();
        put(
                """
                {"calendars": [%s], "policies": [
                  {"code": "chat", "calendar": "always", "when": {"channels": ["CHAT"]}, "solve": "PT1H"},
                  {"code": "this", "calendar": "always", "when": {"touchpoints": ["%s"], "types": ["CALL"]}, "solve": "PT8000H"},
                  {"code": "that", "calendar": "always", "when": {"touchpoints": ["%s"]}, "firstReply": "PT8000H"}]}"""
                        .formatted(ALWAYS, touchpoint, touchpoint));

        clocks(asked(customer, touchpoint, "2026-11-20T09:00:00Z"))
                .then()
                .body("items.policy", contains("this"))
                .body("items.kind", contains("SOLVE"));
        clocks(asked(customer, other, "2026-11-20T09:00:00Z")).then().body("items", empty());
    }

    @Test
    void nobody_works_in_an_empty_calendar_and_its_clocks_never_run_out() {
        put(
                rules(
                        "{\"code\": \"office\", \"zone\": \"UTC\", \"hours\": []}",
                        touchpoint,
                        "\"solve\": \"PT1M\""));
        String id = asked(customer, touchpoint, "2026-11-20T09:00:00Z");

        Response read = clocks(id);

        read.then().body("items.state", contains("RUNNING")).body("items.used", contains("PT0S"));
        assertThat(read.<Object>path("items[0].due")).isNull();
        assertThat(timers(id)).isZero();
    }

    @Test
    void a_holiday_and_a_weekend_do_not_count() {
        put(rules(OFFICE, touchpoint, "\"firstReply\": \"PT8000H\", \"solve\": \"PT16H\""));

        String id = asked(customer, touchpoint, "2026-11-20T17:00:00Z");

        // Half an hour on Friday 20 November, 8 on Friday 27, 7:30 on Monday 30.
        clocks(id).then().body("items[1].due", equalTo("2026-11-30T16:30:00Z"));
    }

    private void say(String thread, String direction, String occurredAt) {
        added(thread, said(customer, touchpoint, direction, occurredAt));
    }
}
