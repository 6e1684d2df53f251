package io.rapport.interaction.clock;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.open;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.type.VocabularyApi.make;
import static io.rapport.interaction.type.VocabularyApi.newSlug;
import static io.rapport.interaction.type.VocabularyApi.word;
import static org.awaitility.Awaitility.await;

import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How managers keep the rules of clocks. There is one document for all: a test's policy is of a
 * touchpoint of its own, so that it sets the clocks of its own threads only.
 */
final class ClocksApi {

    /** Open around the clock. */
    static final String ALWAYS =
            """
            {"code": "always", "zone": "UTC", "hours": [
               {"day": "MONDAY", "from": "00:00", "to": "00:00"}, {"day": "TUESDAY", "from": "00:00", "to": "00:00"},
               {"day": "WEDNESDAY", "from": "00:00", "to": "00:00"}, {"day": "THURSDAY", "from": "00:00", "to": "00:00"},
               {"day": "FRIDAY", "from": "00:00", "to": "00:00"}, {"day": "SATURDAY", "from": "00:00", "to": "00:00"},
               {"day": "SUNDAY", "from": "00:00", "to": "00:00"}]}""";

    /** Open on Fridays and Mondays from nine to half past five, but for Monday 23 November. */
    static final String OFFICE =
            """
            {"code": "office", "zone": "Europe/London", "holidays": ["2026-11-23"], "hours": [
               {"day": "MONDAY", "from": "09:00", "to": "17:30"}, {"day": "FRIDAY", "from": "09:00", "to": "12:30"},
               {"day": "FRIDAY", "from": "13:00", "to": "17:30"}]}""";

    /** Far longer than any test. */
    static final String LONG =
            "\"firstReply\": \"PT8000H\", \"nextReply\": \"PT8000H\", \"solve\": \"PT8000H\"";

    static final Duration SOON = Duration.ofSeconds(30);

    private ClocksApi() {}

    static Response rules() {
        return agent().get("/interactions/clock-rules");
    }

    static Response put(@Nullable String ifMatch, String rules) {
        RequestSpecification manager = as(Tokens.manager()).contentType(ContentType.JSON);
        return (ifMatch == null ? manager : manager.header("If-Match", ifMatch))
                .body(rules)
                .put("/interactions/clock-rules");
    }

    /** Replaces the rules by these, and answers the new version. */
    static long put(String rules) {
        Response done = put(rules().header("ETag"), rules);
        done.then().statusCode(200);
        return Long.parseLong(done.header("ETag").replace("\"", ""));
    }

    static String newTouchpoint() {
        String touchpoint = newSlug();
        make("touchpoints", touchpoint, word(true)).then().statusCode(201);
        return touchpoint;
    }

    /** Rules with one policy, for this touchpoint. */
    static String rules(String calendar, String touchpoint, String targets) {
        String code = calendar.contains("always") ? "always" : "office";
        return """
               {"calendars": [%s],
                "policies": [{"code": "own", "calendar": "%s", "when": {"touchpoints": ["%s"]}, %s}]}"""
                .formatted(calendar, code, touchpoint, targets);
    }

    static Map<String, @Nullable Object> said(
            Customer customer, String touchpoint, String direction, String occurredAt) {
        return with(
                with(turn(customer, direction, 0), "touchpoint", touchpoint),
                "occurredAt",
                occurredAt);
    }

    /** A thread that the customer opened at this time. */
    static String asked(Customer customer, String touchpoint, String occurredAt) {
        return open(recorded(said(customer, touchpoint, "INBOUND", occurredAt))).path("id");
    }

    static Response clocks(String thread) {
        return agent().get("/interactions/threads/{id}/clocks", thread);
    }

    /** What the topic tells of the clocks of a customer: all, or those events that begin so. */
    static List<Message> events(Customer customer, String what) {
        try (Topics topics = Topics.ofSuite()) {
            return topics.readAll(Topic.INTERACTIONS, customer.id()).stream()
                    .filter(
                            message ->
                                    String.valueOf(message.header("ce_type"))
                                            .startsWith("interaction.clock-" + what))
                    .toList();
        }
    }

    /** In their order, what was told of which kind, once there are so many. */
    static List<String> told(Customer customer, int atLeast) {
        return await()
                .atMost(SOON)
                .until(() -> events(customer, ""), found -> found.size() >= atLeast)
                .stream()
                .map(ClocksApi::told)
                .toList();
    }

    private static String told(Message event) {
        String type = Objects.requireNonNull(event.header("ce_type"));
        String value = Objects.requireNonNull(event.value());
        return type.replaceAll("interaction\\.clock-(.*)\\.v1", "$1")
                + " "
                + value.replaceAll(".*\"kind\":\"([A-Z_]+)\".*", "$1");
    }

    /** How many timers are set for the clocks of a thread. */
    static long timers(String thread) {
        try {
            return Databases.asOwner()
                    .number(
                            "SELECT count(*) FROM timer JOIN thread_clock ON id = subject WHERE thread_id = ?",
                            UUID.fromString(thread));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
