package io.rapport.system;

import static io.rapport.system.Calls.json;
import static io.rapport.system.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long customers wait is known, whatever is killed. */
class ClockIT {

    private static final String BREACHED = "interaction.clock-breached.v1";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration TARGET = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension static final SharedStack SHARED = new SharedStack();

    /** Some run out before, some while nobody is there, and some after it is back. */
    @Test
    void each_clock_runs_out_once_as_of_its_due_time_though_its_service_is_killed()
            throws Exception {
        SHARED.calls()
                .send(
                        ServiceName.CUSTOMER,
                        "PUT",
                        "/customers/by/waiting/1",
                        null,
                        "{\"kind\": \"PERSON\"}");
        answerWithinTheTarget();
        Map<String, Instant> dues = ask(60);
        await().atMost(LIMIT).until(() -> told().size() >= 5);

        SHARED.stack().service(ServiceName.INTERACTION).kill();
        await().atMost(LIMIT)
                .until(() -> SHARED.told().contains(ServiceName.INTERACTION.label() + " is back."));

        await().atMost(LIMIT).until(() -> told().size() >= dues.size());
        Map<String, Instant> ends = new TreeMap<>();
        for (JsonNode event : told().values()) {
            Instant before =
                    ends.put(
                            event.path("thread").asText(),
                            Instant.parse(event.path("breachedAt").asText()));
            assertThat(before).as("told once").isNull();
        }
        assertThat(ends).isEqualTo(dues);
    }

    private static void answerWithinTheTarget() throws IOException, InterruptedException {
        String hours =
                Stream.of(DayOfWeek.values())
                        .map("{\"day\": \"%s\", \"from\": \"00:00\", \"to\": \"00:00\"}"::formatted)
                        .collect(Collectors.joining(", "));
        HttpResponse<String> kept =
                SHARED.calls()
                        .as(
                                ServiceName.INTERACTION,
                                "manager",
                                "PUT",
                                "/interactions/clock-rules",
                                """
                                {"calendars": [{"code": "always", "zone": "UTC", "hours": [%s]}],
                                 "policies": [{"code": "all", "calendar": "always", "firstReply": "%s"}]}"""
                                        .formatted(hours, TARGET));
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    }

    /**
     * When the clock of each thread is due, by its id: they follow each other by a quarter of a
     * second.
     */
    private static Map<String, Instant> ask(int count) throws IOException, InterruptedException {
        Instant first = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
        Map<String, Instant> dues = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Instant due = first.plusMillis(250L * i);
            HttpResponse<String> asked =
                    SHARED.calls()
                            .send(
                                    ServiceName.INTERACTION,
                                    "POST",
                                    "/interactions",
                                    null,
                                    """
                                    {"customer": "waiting:1", "source": "waiting", "sourceId": "%d", "type": "CALL",
                                     "channel": "PHONE", "direction": "INBOUND", "occurredAt": "%s", "thread": "new"}"""
                                            .formatted(i, due.minus(TARGET)));
            dues.put(json(asked).path("thread").asText(), due);
        }
        return dues;
    }

    /** The events by their ids: one that was sent again is the same. */
    private static Map<String, JsonNode> told() throws IOException {
        Map<String, JsonNode> told = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                Records.of(SHARED.stack(), "rapport.interactions.v1")) {
            if (text(record.headers().lastHeader("ce_type").value()).equals(BREACHED)) {
                told.put(
                        text(record.headers().lastHeader("ce_id").value()),
                        JSON.readTree(record.value()));
            }
        }
        return told;
    }
}
