package io.rapport.interaction.inbound;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.register;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.inbound.PartnerTopics.SOON;
import static io.rapport.interaction.inbound.PartnerTopics.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What partners hand in by their topic, and what they are told of it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(PartnerTopics.Partners.class)
class InboundTest {

    /** A message that is refused, and what is said of it. */
    private record Bad(
            @Nullable String key, @Nullable String value, int status, String code, String place) {}

    private final PartnerTopics acme = PartnerTopics.of("acme");

    @AfterEach
    void close() {
        acme.close();
    }

    @Test
    void a_message_is_recorded_as_a_request_would_be_and_published() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> served = served(purchase(customer));

        acme.send(served);
        awaitRecorded(customer, 1);

        list(customer.name())
                .then()
                .body("items[0].sourceId", equalTo(served.get("sourceId")))
                .body("items[0].outcome", equalTo("SOLVED"));
        post(served).then().statusCode(200);
        assertThat(events(customer)).hasSize(1);
    }

    @Test
    void the_same_by_whatever_way_is_recorded_once() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> first = purchase(customer);
        post(first).then().statusCode(201);

        for (int i = 0; i < 5; i++) {
            acme.send(first);
        }
        acme.send(purchase(customer));
        awaitRecorded(customer, 2);

        assertThat(events(customer)).hasSize(2);
    }

    @Test
    void another_content_under_the_same_id_is_refused() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> first = purchase(customer);
        acme.send(first);

        Message other = acme.send(with(first, "channel", "STORE"));

        JsonNode problem = acme.awaitProblem(other);
        assertThat(problem.path("code").asText()).isEqualTo("interaction-differs");
        assertThat(problem.path("status").asInt()).isEqualTo(409);
        list(customer.name()).then().body("items[0].channel", equalTo("WEB"));
    }

    @Test
    void whatever_is_wrong_with_a_message_is_told_by_its_place_and_the_others_are_recorded()
            throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + newId();
        List<Bad> bad = bad(customer, mark);
        Map<Message, Bad> sent = new LinkedHashMap<>();
        try (LogLines log = LogLines.ofAll()) {
            for (Bad one : bad) {
                sent.put(acme.send(one.key(), one.value()), one);
                acme.send(purchase(customer));
            }
            awaitRecorded(customer, bad.size());

            for (Map.Entry<Message, Bad> one : sent.entrySet()) {
                JsonNode problem = acme.awaitProblem(one.getKey());
                Bad expected = one.getValue();
                assertThat(problem.path("code").asText())
                        .as(problem.toString())
                        .isEqualTo(expected.code());
                assertThat(problem.path("status").asInt()).isEqualTo(expected.status());
                assertThat(problem.path("errors").path(0).path("pointer").asText())
                        .as(problem.toString())
                        .isEqualTo(expected.place());
            }
            assertThat(acme.allRejections()).doesNotContain(mark);
            assertThat(log.lines()).noneMatch(line -> line.contains(mark));
        }
        assertThat(Holdings.of(mark)).isEmpty();
        assertThat(events(customer)).hasSize(bad.size());
    }

    private static List<Bad> bad(Customer customer, String mark) {
        Map<String, @Nullable Object> marked = with(purchase(customer), "subject", mark);
        String key = customer.name();
        List<Bad> bad = new ArrayList<>();
        bad.add(new Bad(null, json(marked), 400, "message-without-key", ""));
        bad.add(new Bad("", json(marked), 400, "message-without-key", ""));
        bad.add(new Bad(key, null, 400, "message-without-value", ""));
        bad.add(new Bad(key, "", 400, "invalid-fields", ""));
        bad.add(new Bad(key, mark, 400, "malformed-json", ""));
        bad.add(new Bad(key, json(marked) + mark, 400, "malformed-json", ""));
        String deep = "{\"attributes\": " + "[".repeat(100_000);
        bad.add(new Bad(key, deep, 400, "json-beyond-limits", ""));
        bad.add(new Bad(key, "null", 400, "invalid-fields", ""));
        bad.add(new Bad(key, "[" + json(marked) + "]", 400, "invalid-fields", ""));
        bad.add(new Bad(key, json(with(marked, mark, mark)), 400, "invalid-fields", ""));
        bad.add(
                new Bad(
                        key,
                        json(
                                with(
                                        marked,
                                        "amount",
                                        Map.of("amount", "1.00", "currency", "GBP", mark, "1"))),
                        400,
                        "invalid-fields",
                        "/amount"));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "reference", Map.of("kind", mark, "value", "1"))),
                        400,
                        "invalid-interaction",
                        "/reference/kind"));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "attributes", Map.of(mark, mark))),
                        400,
                        "invalid-interaction",
                        "/attributes"));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "type", mark)),
                        400,
                        "invalid-interaction",
                        "/type"));
        bad.add(
                new Bad(
                        key,
                        json(
                                with(
                                        marked,
                                        "occurredAt",
                                        Instant.now().plusSeconds(3600).toString())),
                        400,
                        "invalid-interaction",
                        "/occurredAt"));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "text", "é".repeat(50_001))),
                        400,
                        "invalid-interaction",
                        "/text"));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "text", "t".repeat(700_000))),
                        413,
                        "message-too-large",
                        ""));
        bad.add(new Bad(key, json(with(marked, "source", "till")), 403, "source-not-yours", ""));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "customer", "till:1")),
                        404,
                        "unknown-customer",
                        ""));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "customer", "shop:" + newId())),
                        404,
                        "unknown-customer",
                        ""));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "customer", Ids.next().toString())),
                        404,
                        "unknown-customer",
                        ""));
        bad.add(
                new Bad(
                        key,
                        json(with(marked, "customer", "login:" + mark)),
                        400,
                        "source-is-reserved",
                        "/customer"));
        return bad;
    }

    @Test
    void a_rejection_is_as_its_sample_says() {
        Customer customer = newCustomer();

        Message rejection = acme.awaitRejection(acme.send(with(purchase(customer), "type", "?")));

        Samples.assertSameShape("interaction.rejected.v1", String.valueOf(rejection.value()));
        assertThat(rejection.header("ce_type")).isEqualTo("interaction.rejected.v1");
        assertThat(rejection.header("ce_source")).isEqualTo("/rapport/interaction-service");
        assertThat(rejection.header("ce_specversion")).isEqualTo("1.0");
        assertThat(rejection.header("content-type")).isEqualTo("application/json");
        assertThat(Instant.parse(rejection.header("ce_time")))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(rejection.key()).startsWith(acme.inbound() + "-");
    }

    @Test
    void a_customer_who_is_registered_a_moment_later_is_waited_for() {
        Customer customer = new Customer(Ids.next(), newId());

        acme.send(purchase(customer));
        register(customer);

        awaitRecorded(customer, 1);
    }

    static List<Message> events(Customer customer) {
        try (Topics topics = Topics.ofSuite()) {
            await().atMost(SOON)
                    .until(() -> !topics.readAll(Topic.INTERACTIONS, customer.id()).isEmpty());
            return topics.readAll(Topic.INTERACTIONS, customer.id());
        }
    }

    static void awaitRecorded(Customer customer, int interactions) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(SOON)
                .until(
                        () ->
                                Integer.valueOf(interactions)
                                        .equals(
                                                agent().queryParam("customer", customer.name())
                                                        .queryParam("limit", 100)
                                                        .get("/interactions")
                                                        .path("items.size()")));
    }
}
