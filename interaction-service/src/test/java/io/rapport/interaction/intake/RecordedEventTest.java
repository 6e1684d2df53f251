package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an independent client of the topic reads of an interaction. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RecordedEventTest {

    private static final String TYPE = "interaction.recorded.v1";

    @Test
    void a_recorded_interaction_is_published_as_its_sample_says() throws Exception {
        Customer customer = newCustomer();
        Response recorded = post(served(purchase(customer)));

        Message event = events(customer, 1).getFirst();

        assertThat(event.key()).isEqualTo(customer.id().toString());
        assertThat(event.header("ce_type")).isEqualTo(TYPE);
        assertThat(event.header("ce_source")).isEqualTo("/rapport/interaction-service");
        assertThat(event.header("ce_subject")).isEqualTo(customer.id().toString());
        assertThat(event.header("ce_time")).isEqualTo("2026-11-20T09:14:05.250Z");
        assertThat(event.header("ce_customersequence")).isEqualTo("1");
        String payload = Objects.requireNonNull(event.value());
        Samples.assertSameShape(TYPE, payload);
        JsonNode answer = new ObjectMapper().readTree(recorded.asString());
        JsonNode data = new ObjectMapper().readTree(payload);
        assertThat(data.path("interaction")).isEqualTo(answer.path("id"));
        for (String member :
                List.of(
                        "type",
                        "channel",
                        "direction",
                        "touchpoint",
                        "amount",
                        "employee",
                        "team",
                        "emotions",
                        "outcome",
                        "duration",
                        "wait",
                        "occurredAt",
                        "recordedAt")) {
            assertThat(data.path(member)).isEqualTo(answer.path(member));
        }
    }

    @Test
    void what_it_has_no_value_for_is_absent() throws Exception {
        Customer customer = newCustomer();
        post(with(
                        with(with(purchase(customer), "type", "CALL"), "amount", null),
                        "touchpoint",
                        null))
                .then()
                .statusCode(201);

        JsonNode data = new ObjectMapper().readTree(events(customer, 1).getFirst().value());

        assertThat(data.has("amount")).isFalse();
        assertThat(data.has("touchpoint")).isFalse();
    }

    @Test
    void neither_words_nor_ids_of_others_are_in_the_log() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = served(purchase(customer));
        for (String words : List.of("subject", "text", "device", "place")) {
            told.put(words, "MARKED " + words);
        }
        told.put("reference", Map.of("kind", "ORDER", "value", "MARKED reference"));
        post(told).then().statusCode(201);

        String event = events(customer, 1).getFirst().toString();

        assertThat(event)
                .doesNotContain("MARKED")
                .doesNotContain(customer.externalId())
                .doesNotContain(Objects.requireNonNull(told.get("sourceId")).toString());
    }

    @Test
    void the_same_again_and_what_is_refused_publish_nothing() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = purchase(customer);
        post(told).then().statusCode(201);
        post(told).then().statusCode(200);
        post(with(told, "channel", "APP")).then().statusCode(409);
        post(purchase(customer)).then().statusCode(201);

        assertThat(events(customer, 2))
                .extracting(event -> event.header("ce_customersequence"))
                .containsExactly("1", "2");
    }

    private static List<Message> events(Customer customer, int count) {
        try (Topics topics = Topics.ofSuite()) {
            return await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> topics.readAll(Topic.INTERACTIONS, customer.id()),
                            messages -> messages.size() >= count);
        }
    }
}
