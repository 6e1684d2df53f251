package io.rapport.loyalty;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The other services, as loyalty hears of them: customers that exist and interactions that
 * happened.
 */
public final class Surroundings implements AutoCloseable {

    public static final Instant OCCURRED = Instant.parse("2026-11-20T09:14:05.250Z");

    private static final String RECORDED = "interaction.recorded.v1";

    private final Events events = Events.ofSuite();

    /** A customer that loyalty's directory knows, with the identity {@code shop:<id>}. */
    public UUID customer() {
        UUID customer = Ids.next();
        events.sendSample(Topic.CUSTOMERS, customer, 1, "customer.registered.v1");
        events.send(
                Topic.PROFILES,
                customer,
                1,
                Events.snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON", "identities": [{"source": "shop", "externalId": "%s"}]}"""
                        .formatted(customer));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> knows("shop:" + customer));
        return customer;
    }

    /** Tells, as the customer's second event, that it was merged into {@code survivor}. */
    public void merge(UUID customer, UUID survivor) {
        events.sendMerge(customer, 2, survivor);
    }

    /** Tells, as the customer's third event, that it stands by itself again. */
    public void unmerge(UUID customer) {
        events.sendSample(Topic.CUSTOMERS, customer, 3, "customer.unmerged.v1");
    }

    /** An interaction in pounds that can be sent once, twice or broken. */
    public Events.Draft interaction(UUID customer, long sequence, String type, String pounds) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, RECORDED)
                .time(OCCURRED)
                .data(
                        """
                        {"interaction": "%s", "type": "%s", "channel": "WEB", "direction": "INBOUND",
                         "amount": {"amount": "%s", "currency": "GBP"},
                         "occurredAt": "%s", "recordedAt": "%s"}"""
                                .formatted(Ids.next(), type, pounds, OCCURRED, OCCURRED));
    }

    public UUID purchase(UUID customer, long sequence, String pounds) {
        return interaction(customer, sequence, "PURCHASE", pounds).send();
    }

    public UUID cancellation(UUID customer, long sequence, String pounds) {
        return interaction(customer, sequence, "CANCELLATION", pounds).send();
    }

    public Events events() {
        return events;
    }

    /** Waits until the account holds this balance, and answers it. */
    public static ValidatableResponse awaitBalance(UUID customer, long balance) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                asAgent("/loyalty/accounts/" + customer)
                                        .body(
                                                "balance.toString()",
                                                equalTo(Long.toString(balance))));
        return asAgent("/loyalty/accounts/" + customer);
    }

    /** What an agent gets, which must be a 200. */
    public static ValidatableResponse asAgent(String path) {
        return given().auth().oauth2(Tokens.agent()).get(path).then().statusCode(200);
    }

    private static boolean knows(String customer) {
        return given().auth()
                        .oauth2(Tokens.agent())
                        .get("/loyalty/accounts/" + customer)
                        .statusCode()
                == 200;
    }

    @Override
    public void close() {
        events.close();
    }
}
