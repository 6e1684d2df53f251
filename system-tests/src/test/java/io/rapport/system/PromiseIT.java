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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is due is due, whatever is killed. */
class PromiseIT {

    private static final String BROKEN = "interaction.promise-broken.v1";
    private static final String CUSTOMER = "promised:1";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension static final SharedStack SHARED = new SharedStack();

    /** Some were broken before, some are due while nobody is there, and some after it is back. */
    @Test
    void each_promise_is_broken_once_as_of_its_due_time_though_its_service_is_killed()
            throws Exception {
        SHARED.calls()
                .send(
                        ServiceName.CUSTOMER,
                        "PUT",
                        "/customers/by/promised/1",
                        null,
                        "{\"kind\": \"PERSON\"}");
        Map<String, Instant> dues = promise(60);
        await().atMost(LIMIT).until(() -> broken() >= 5);

        SHARED.stack().service(ServiceName.INTERACTION).kill();
        await().atMost(LIMIT)
                .until(() -> SHARED.told().contains(ServiceName.INTERACTION.label() + " is back."));

        await().atMost(LIMIT).until(() -> told().size() >= dues.size());
        Map<String, Instant> ends = new TreeMap<>();
        for (JsonNode event : told().values()) {
            Instant before =
                    ends.put(
                            event.path("promise").asText(),
                            Instant.parse(event.path("brokenAt").asText()));
            assertThat(before).as("told once").isNull();
        }
        assertThat(ends).isEqualTo(dues);
        assertThat(broken()).isEqualTo(dues.size());
    }

    /** When each is due, by its id: they follow each other by a quarter of a second. */
    private static Map<String, Instant> promise(int count) throws Exception {
        String call =
                """
                {"customer": "%s", "source": "promised", "sourceId": "1", "type": "CALL", "channel": "PHONE",
                 "direction": "INBOUND", "occurredAt": "2026-01-01T10:00:00Z"}"""
                        .formatted(CUSTOMER);
        String interaction =
                json(SHARED.calls()
                                .send(ServiceName.INTERACTION, "POST", "/interactions", null, call))
                        .path("id")
                        .asText();
        Instant first = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
        Map<String, Instant> dues = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Instant due = first.plusMillis(250L * i);
            HttpResponse<String> made =
                    SHARED.calls()
                            .as(
                                    ServiceName.INTERACTION,
                                    "agent",
                                    "POST",
                                    "/interactions/" + interaction + "/promises",
                                    """
                                    {"kind": "CALL_BACK", "text": "We call back.", "team": "support",
                                     "employee": "e-17", "dueAt": "%s"}"""
                                            .formatted(due));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            dues.put(json(made).path("id").asText(), due);
        }
        return dues;
    }

    /** As agents read it, by the due times alone. */
    private static int broken() throws IOException, InterruptedException {
        return json(SHARED.calls()
                        .send(
                                ServiceName.INTERACTION,
                                "GET",
                                "/interactions/customers/"
                                        + CUSTOMER
                                        + "/promises?state=BROKEN&limit=100",
                                null,
                                null))
                .path("items")
                .size();
    }

    /** The events by their ids: one that was sent again is the same. */
    private static Map<String, JsonNode> told() throws IOException {
        Map<String, JsonNode> told = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                Records.of(SHARED.stack(), "rapport.interactions.v1")) {
            if (text(record.headers().lastHeader("ce_type").value()).equals(BROKEN)) {
                told.put(
                        text(record.headers().lastHeader("ce_id").value()),
                        JSON.readTree(record.value()));
            }
        }
        return told;
    }
}
