package io.rapport.loyalty.earning;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of movements on few accounts, some delivered twice and some out of order, against a
 * computation of its own.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ManyEventsTest {

    private static final int ACCOUNTS = 5;
    private static final int MOVEMENTS = 120;

    private final Map<UUID, Long> expected = new HashMap<>();

    @Test
    void balances_entries_and_events_agree_with_an_independent_computation() {
        long seed = Long.getLong("rapport.test.seed", new Random().nextLong());
        System.out.println("ManyEventsTest: -Drapport.test.seed=" + seed);
        Random random = new Random(seed);
        try (Surroundings surroundings = new Surroundings();
                Topics topics = Topics.ofSuite()) {
            List<List<Events.Draft>> histories = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                histories.add(history(surroundings, random));
            }
            deliver(histories, random);

            expected.forEach((customer, balance) -> assertAgrees(topics, customer, balance));
        }
        given().auth()
                .oauth2(Tokens.admin())
                .post("/loyalty/audit")
                .then()
                .statusCode(200)
                .body("differing", equalTo(0))
                .body("differences", empty());
    }

    /** One customer's interactions in their sequence, and beside it what they must come to. */
    private List<Events.Draft> history(Surroundings surroundings, Random random) {
        UUID customer = surroundings.customer();
        List<Events.Draft> history = new ArrayList<>();
        long balance = 0;
        for (int sequence = 1; sequence <= MOVEMENTS; sequence++) {
            long units = random.nextInt(400);
            boolean purchase = random.nextInt(5) < 3;
            balance = purchase ? balance + units : Math.max(0, balance - units);
            String amount = (purchase ? "" : "-") + units + "." + (10 + random.nextInt(90));
            history.add(
                    surroundings.interaction(
                            customer, sequence, purchase ? "PURCHASE" : "CANCELLATION", amount));
        }
        // The last one is a purchase, so that the end of the history can be seen from outside.
        history.add(surroundings.interaction(customer, MOVEMENTS + 1, "PURCHASE", "1000000.00"));
        expected.put(customer, balance + 1_000_000);
        return history;
    }

    /** Customers interleaved; now and then a neighbour goes first, or an event goes twice. */
    private static void deliver(List<List<Events.Draft>> histories, Random random) {
        for (int i = 0; i <= MOVEMENTS; i += 2) {
            for (List<Events.Draft> history : histories) {
                List<Events.Draft> pair =
                        new ArrayList<>(history.subList(i, Math.min(i + 2, history.size())));
                if (random.nextInt(4) == 0) {
                    pair = new ArrayList<>(pair.reversed());
                }
                if (random.nextInt(6) == 0) {
                    pair.add(pair.getFirst());
                }
                pair.forEach(Events.Draft::send);
            }
        }
    }

    private static void assertAgrees(Topics topics, UUID customer, long balance) {
        awaitBalance(customer, balance);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                lastOf(topics.readAll(Topic.LOYALTY, customer))
                                                        .path("balance")
                                                        .asLong())
                                        .isEqualTo(balance));
        long folded = 0;
        long sequence = 0;
        for (Message message : topics.readAll(Topic.LOYALTY, customer)) {
            assertThat(message.header("ce_customersequence")).isEqualTo(Long.toString(++sequence));
            JsonNode told = json(message);
            switch (message.header("ce_type")) {
                case "loyalty.points-earned.v1" -> folded += told.path("points").asLong();
                case "loyalty.points-reversed.v1" -> folded -= told.path("points").asLong();
                default -> {
                    continue;
                }
            }
            assertThat(told.path("balance").asLong()).isEqualTo(folded);
        }
        assertThat(folded).isEqualTo(balance);
    }

    /** The last movement of points; a change of tier may stand after it. */
    private static JsonNode lastOf(List<Message> messages) {
        return messages.reversed().stream()
                .filter(message -> message.header("ce_type").contains("points-"))
                .map(ManyEventsTest::json)
                .findFirst()
                .orElseGet(() -> new ObjectMapper().createObjectNode());
    }

    private static JsonNode json(Message message) {
        try {
            return new ObjectMapper().readTree(message.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
