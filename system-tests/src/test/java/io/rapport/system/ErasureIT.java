package io.rapport.system;

import static io.rapport.system.Calls.json;
import static io.rapport.system.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.local.stack.ServiceName;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A customer and one merged into it are erased over the four packaged services while facts about
 * both come in: afterwards nobody finds what was told of them, in no service and no topic.
 */
class ErasureIT {

    private static final String MARK = "qxplantedperson";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> LOGS =
            List.of(
                    "rapport.customers.v1",
                    "rapport.interactions.v1",
                    "rapport.loyalty.v1",
                    "rapport.feedback.v1");
    private static final String PROFILES = "rapport.profiles.v1";

    @RegisterExtension static final SharedStack SHARED = new SharedStack();

    @Test
    void of_an_erased_customer_nothing_personal_is_left_in_any_service_or_topic() throws Exception {
        String survivor = register("one");
        String member = register("two");
        for (String name : List.of("one", "two")) {
            assertThat(tell(name, 0)).containsOnly(201);
        }
        SHARED.calls()
                .command(
                        "/customers/" + survivor + "/merge",
                        "{\"members\": [{\"customer\": \"erasure:%s-two\"}]}".formatted(MARK));
        assertDocuments(survivor);

        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread one = Thread.ofVirtual().start(() -> tellUntil(over, "one", answers));
        Thread two = Thread.ofVirtual().start(() -> tellUntil(over, "two", answers));
        await().atMost(LIMIT).until(() -> answers.size() > 20);
        HttpResponse<String> begun =
                SHARED.calls()
                        .as(
                                "admin",
                                "POST",
                                "/customers/" + member + "/erase",
                                "{\"reason\": \"OBJECTION\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        assertThat(begun.body()).doesNotContain(MARK);
        await().atMost(LIMIT)
                .until(() -> "COMPLETED".equals(erasure(survivor).path("state").asText()));
        over.set(true);
        one.join();
        two.join();

        assertThat(answers).contains(201).isSubsetOf(201, 404, 410);
        assertCertificate(survivor, member);
        for (String id : List.of(survivor, member)) {
            for (Map.Entry<ServiceName, String> read : reads(id).entrySet()) {
                HttpResponse<String> gone =
                        SHARED.calls().exchange(read.getKey(), "GET", read.getValue(), null, null);
                assertThat(gone.statusCode()).as(read.getValue() + gone.body()).isEqualTo(410);
                assertThat(json(gone).path("code").asText()).isEqualTo("customer-erased");
            }
        }
        assertTopics(survivor, member);
        for (ServiceName service : ServiceName.values()) {
            assertThat(Files.readString(SHARED.stack().folder().log(service.label())))
                    .as(service.label())
                    .contains("started in")
                    .doesNotContain(MARK);
        }
    }

    private static String register(String name) throws Exception {
        HttpResponse<String> made =
                SHARED.calls()
                        .send(
                                ServiceName.CUSTOMER,
                                "PUT",
                                "/customers/by/erasure/" + MARK + "-" + name,
                                null,
                                """
                        {"displayName": "%1$s %2$s", "familyName": "%1$s",
                         "contactPoints": [{"kind": "EMAIL", "value": "%1$s.%2$s@example.org"}]}"""
                                        .formatted(MARK, name));
        return json(made).path("id").asText();
    }

    /**
     * A purchase and a rating come in, with words of the customer's; answers how that was taken.
     */
    private static List<Integer> tell(String name, int number) throws Exception {
        String told =
                """
                {"customer": "erasure:%1$s-%2$s", "source": "erasure", "sourceId": "%1$s-%2$s-%3$d",
                 "text": "%1$s said this", %4$s}""";
        String purchase =
                """
                "type": "PURCHASE", "channel": "STORE", "direction": "INBOUND",
                "amount": {"amount": "10.00", "currency": "GBP"}, "occurredAt": "2026-01-01T10:00:00Z\"""";
        String rating = "\"metric\": \"NPS\", \"rating\": 9";
        return List.of(
                post(
                        ServiceName.INTERACTION,
                        "/interactions",
                        told.formatted(MARK, name, number, purchase)),
                post(
                        ServiceName.FEEDBACK,
                        "/feedback",
                        told.formatted(MARK, name, number, rating)));
    }

    private static int post(ServiceName service, String path, String body) throws Exception {
        return SHARED.calls().exchange(service, "POST", path, null, body).statusCode();
    }

    private static void tellUntil(AtomicBoolean over, String name, Queue<Integer> answers) {
        try {
            for (int number = 1; !over.get(); number++) {
                answers.addAll(tell(name, number));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The four documents that the manifest names are there, with what was told. */
    private static void assertDocuments(String customer) throws Exception {
        HttpResponse<String> own =
                SHARED.calls().as("manager", "GET", "/customers/" + customer + "/export", null);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).contains(MARK);
        JsonNode documents = json(own).at("/manifest/documents");
        assertThat(documents).hasSize(4);
        for (JsonNode document : documents) {
            ServiceName service =
                    List.of(ServiceName.values()).stream()
                            .filter(one -> one.label().equals(document.path("service").asText()))
                            .findFirst()
                            .orElseThrow();
            HttpResponse<String> held =
                    SHARED.calls()
                            .as(service, "manager", "GET", document.path("path").asText(), null);
            assertThat(held.statusCode()).as(held.body()).isEqualTo(200);
        }
    }

    private static JsonNode erasure(String customer) throws Exception {
        return json(SHARED.calls().as("admin", "GET", "/customers/" + customer + "/erasure", null));
    }

    private static void assertCertificate(String... customers) throws Exception {
        HttpResponse<String> answer =
                SHARED.calls()
                        .as(
                                "admin",
                                "GET",
                                "/customers/" + customers[0] + "/erasure/certificate",
                                null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(MARK);
        JsonNode certificate = json(answer);
        List<String> erased = new ArrayList<>();
        certificate.path("customers").forEach(customer -> erased.add(customer.asText()));
        assertThat(erased).containsExactlyInAnyOrder(customers);
        assertThat(certificate.path("confirmations")).hasSize(3 * customers.length);
        assertThat(Instant.parse(certificate.path("compactedTopicsCleanBy").asText()))
                .isEqualTo(
                        Instant.parse(certificate.path("tombstonesSentBy").asText())
                                .plus(Duration.ofDays(1)));
    }

    private static Map<ServiceName, String> reads(String customer) {
        return Map.of(
                ServiceName.CUSTOMER, "/customers/" + customer + "/context",
                ServiceName.INTERACTION, "/interactions?customer=" + customer,
                ServiceName.LOYALTY, "/loyalty/accounts/" + customer,
                ServiceName.FEEDBACK, "/feedback?customer=" + customer);
    }

    /**
     * By a client of its own: logs never said it, and profiles say it in nothing that is newest.
     */
    private static void assertTopics(String... customers) {
        List<ConsumerRecord<byte[], byte[]>> told = new ArrayList<>();
        LOGS.forEach(log -> told.addAll(Records.of(SHARED.stack(), log)));
        assertThat(told).hasSizeGreaterThan(10).noneMatch(ErasureIT::tells);
        Map<String, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> profile : Records.of(SHARED.stack(), PROFILES)) {
            newest.put(profile.partition() + " " + text(profile.key()), profile);
        }
        assertThat(newest.values()).noneMatch(ErasureIT::tells);
        for (String customer : customers) {
            assertThat(newest.entrySet())
                    .filteredOn(entry -> entry.getKey().endsWith(customer))
                    .isNotEmpty()
                    .allMatch(entry -> entry.getValue().value() == null);
        }
    }

    private static boolean tells(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder all = new StringBuilder(text(record.key()));
        record.headers().forEach(header -> all.append(text(header.value())));
        if (record.value() != null) {
            all.append(text(record.value()));
        }
        return all.indexOf(MARK) >= 0;
    }
}
