package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.erasure.ErasureApi.certificate;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.erasure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other services' samples come in, in any order and each twice, and complete the erasure. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConfirmingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<Topic, String> TYPES =
            Map.of(
                    Topic.INTERACTIONS, "interaction.customer-erased.v1",
                    Topic.LOYALTY, "loyalty.customer-erased.v1",
                    Topic.FEEDBACK, "feedback.customer-erased.v1");

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    /** What one service says of one customer. */
    private record Said(Topic topic, UUID customer) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void an_erasure_is_completed_by_the_last_of_all_confirmations(long seed) {
        UUID survivor = registered("{}");
        UUID member = registered("{}");
        merge(survivor, member).then().statusCode(200);
        Response begun = erase(survivor);
        String erasure = begun.path("id");
        List<Said> all = new ArrayList<>();
        for (UUID customer : List.of(survivor, member)) {
            TYPES.keySet().forEach(topic -> all.add(new Said(topic, customer)));
        }
        Collections.shuffle(all, new Random(seed));

        for (Said one : all.subList(0, all.size() - 1)) {
            say(one, 1, erasure);
            say(one, 2, erasure);
        }
        await().atMost(LIMIT).until(() -> confirmed(survivor) == all.size() - 1);
        erasure(member).then().body("state", equalTo("RUNNING"));
        certificate(member).then().statusCode(409);
        say(all.getLast(), 1, erasure);

        await().atMost(LIMIT).until(() -> "COMPLETED".equals(erasure(survivor).path("state")));
        Response certificate = certificate(member);
        certificate
                .then()
                .statusCode(200)
                .body("erasure", equalTo(erasure))
                .body("customers", hasSize(2))
                .body("reason", equalTo("CONSENT_WITHDRAWN"))
                .body("requestedAt", equalTo(begun.path("requestedAt")))
                .body("completedAt", notNullValue())
                .body("confirmations", hasSize(6))
                .body("$", not(hasKey("requestedBy")));
        Instant told = Instant.parse(certificate.path("tombstonesSentBy"));
        assertThat(told)
                .isAfterOrEqualTo(Instant.parse(begun.path("requestedAt")))
                .isBeforeOrEqualTo(Instant.parse(certificate.path("completedAt")));
        assertThat(Instant.parse(certificate.path("compactedTopicsCleanBy")))
                .isEqualTo(told.plus(Duration.ofDays(30)));
        assertEachIsToldOnce(List.of(survivor, member), erasure);
    }

    private static void assertEachIsToldOnce(List<UUID> customers, String erasure) {
        try (Topics topics = Topics.ofSuite()) {
            for (UUID customer : customers) {
                List<Message> told =
                        await().atMost(LIMIT)
                                .until(
                                        () ->
                                                topics.readAll(Topic.CUSTOMERS, customer).stream()
                                                        .filter(ConfirmingTest::isErased)
                                                        .toList(),
                                        found -> !found.isEmpty());
                assertThat(told).hasSize(1);
                Samples.assertSameShape("customer.erased.v1", told.getFirst().value() + "");
                assertThat(told.getFirst().value()).contains(erasure);
                assertThat(told.getFirst().header("ce_causationid")).isNotNull();
            }
        }
    }

    private static boolean isErased(Message message) {
        return "customer.erased.v1".equals(message.header("ce_type"));
    }

    @Test
    void what_is_said_of_others_or_of_an_unknown_erasure_changes_nothing() {
        UUID customer = registered("{}");
        UUID other = registered("{}");
        String erasure = erase(customer).path("id");

        say(new Said(Topic.LOYALTY, other), 1, erasure);
        say(new Said(Topic.LOYALTY, customer), 1, UUID.randomUUID().toString());
        say(new Said(Topic.LOYALTY, customer), 2, erasure);

        await().atMost(LIMIT).until(() -> confirmed(customer) == 1);
        erasure(customer)
                .then()
                .body("state", equalTo("RUNNING"))
                .body("services.erased", equalTo(List.of(1, 0, 1, 0)));
    }

    private static int confirmed(UUID customer) {
        List<Integer> erased = erasure(customer).path("services.erased");
        return erased.subList(1, erased.size()).stream().mapToInt(Integer::intValue).sum();
    }

    private void say(Said said, long sequence, String erasure) {
        String type = TYPES.get(said.topic);
        try {
            ObjectNode sample = (ObjectNode) JSON.readTree(Samples.of(type + ""));
            sample.put("erasure", erasure);
            events.send(said.topic, said.customer, sequence, type + "", sample.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
