package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.clock.ClocksApi.ALWAYS;
import static io.rapport.interaction.clock.ClocksApi.OFFICE;
import static io.rapport.interaction.clock.ClocksApi.newTouchpoint;
import static io.rapport.interaction.clock.ClocksApi.put;
import static io.rapport.interaction.clock.ClocksApi.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Managers keep calendars and policies, as one document with versions. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ClockRulesTest {

    private static final String TARGET = "\"firstReply\": \"PT1H\", \"solve\": \"PT16H\"";

    @Test
    void each_change_is_a_version_and_the_older_ones_stay_readable() {
        long first = put(rules(OFFICE, newTouchpoint(), TARGET));
        String touchpoint = newTouchpoint();
        String second = rules(ALWAYS, touchpoint, TARGET);

        long version = put(second);

        assertThat(version).isEqualTo(first + 1);
        rules().then()
                .statusCode(200)
                .header("ETag", equalTo("\"" + version + "\""))
                .body("calendars.code", contains("always"))
                .body("policies[0].when.touchpoints", contains(touchpoint))
                .body("policies[0].firstReply", equalTo("PT1H"));
        agent().get("/interactions/clock-rules/versions/" + first)
                .then()
                .statusCode(200)
                .body("calendars[0].code", equalTo("office"))
                .body("calendars[0].holidays", contains("2026-11-23"))
                .body("calendars[0].hours[0].to", equalTo("17:30"));
        agent().get("/interactions/clock-rules/versions/999999999")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-version"));
        assertThat(put(second)).as("the same again").isEqualTo(version);
        agent().header("If-None-Match", "\"" + version + "\"")
                .get("/interactions/clock-rules")
                .then()
                .statusCode(304);
    }

    /** The primary key of clock_rules. */
    @Test
    void of_many_who_change_the_same_version_one_does() {
        String read = rules().header("ETag");
        List<String> changes =
                Stream.generate(() -> rules(ALWAYS, newTouchpoint(), TARGET)).limit(8).toList();

        List<Integer> statuses =
                AtOnce.run(8, caller -> put(read, changes.get(caller)).statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        put("\"0\"", changes.getFirst()).then().statusCode(412);
        put(null, changes.getFirst()).then().statusCode(428);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | /calendars",
                "{'calendars': [], 'policies': [{}]}             | /policies/0/code",
                "{'calendars': [], 'policies': [{'code': 'a', 'calendar': 'none', 'solve': 'PT1H'}]} | /policies/0/calendar",
                "{'calendars': [CAL, CAL], 'policies': []}       | /calendars/1/code",
                "{'calendars': [CAL], 'policies': [POL, POL]}    | /policies/1/code",
                "{'calendars': [{'code': 'a', 'zone': 'Europe/Atlantis', 'hours': []}], 'policies': []} | /calendars/0/zone",
                "{'calendars': [{'code': 'A B', 'zone': 'UTC', 'hours': []}], 'policies': []} | /calendars/0/code",
                "{'calendars': [{'code': 'a', 'zone': 'UTC', 'hours': [{'day': 'MONDAY', 'from': '10:00', 'to': '09:00'}]}], 'policies': []} | /calendars/0/hours/0",
                "{'calendars': [{'code': 'a', 'zone': 'UTC', 'hours': [{'day': 'MONDAY', 'from': '10:00', 'to': '12:00'}, {'day': 'MONDAY', 'from': '11:00', 'to': '00:00'}]}], 'policies': []} | /calendars/0/hours/1",
                "{'calendars': [{'code': 'a', 'zone': 'UTC', 'hours': [{'day': 'FUNDAY', 'from': '10:00', 'to': '12:00'}]}], 'policies': []} | /calendars/0/hours/0/day",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c'}]} | /policies/0",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'solve': 'PT59S'}]} | /policies/0/solve",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'nextReply': 'PT8785H'}]} | /policies/0/nextReply",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'firstReply': '-PT1H'}]} | /policies/0/firstReply",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'solve': 'PT1H', 'when': {'channels': ['PIGEON']}}]} | /policies/0/when/channels",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'solve': 'PT1H', 'when': {'types': []}}]} | /policies/0/when/types",
                "{'calendars': [CAL], 'policies': [{'code': 'a', 'calendar': 'c', 'solve': 'PT1H', 'priority': 1}]} | /policies/0/priority",
            })
    void what_cannot_be_is_refused_at_its_place(String rules, String pointer) {
        String json =
                rules.replace("CAL", "{'code': 'c', 'zone': 'UTC', 'hours': []}")
                        .replace("POL", "{'code': 'p', 'calendar': 'c', 'solve': 'PT1H'}")
                        .replace('\'', '"');

        Response refused = put(rules().header("ETag"), json);

        refused.then().statusCode(400).body("errors.pointer", hasItem(pointer));
    }

    @Test
    void there_are_limits_to_how_much_it_may_be() {
        String many = "{\"code\": \"c\", \"zone\": \"UTC\", \"hours\": []},".repeat(21);

        put(
                        rules().header("ETag"),
                        "{\"calendars\": [%s], \"policies\": []}"
                                .formatted(many.substring(0, many.length() - 1)))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/calendars"));
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    200, 403",
        "manager,  200, 428",
        "admin,    200, 403",
        "partner,  403, 403",
        "customer, 403, 403",
    })
    void managers_change_them_and_staff_read_them(String role, int read, int change) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();

        as(token).get("/interactions/clock-rules").then().statusCode(read);
        as(token)
                .contentType("application/json")
                .body("{\"calendars\": [], \"policies\": []}")
                .put("/interactions/clock-rules")
                .then()
                .statusCode(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE clock_rules SET rules = '{}'",
                "DELETE FROM clock_rules",
                "UPDATE thread_clock SET target_ms = 60000",
                "UPDATE thread_clock SET rules_version = 1",
                "DELETE FROM thread_clock",
            })
    void the_service_itself_cannot_change_by_what_a_clock_was_set(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState())
                .isEqualTo("42501");
    }
}
