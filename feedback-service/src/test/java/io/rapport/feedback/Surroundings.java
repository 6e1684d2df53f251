package io.rapport.feedback;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.UUID;

/** The other services, as feedback hears of them, and callers of its own. */
public final class Surroundings implements AutoCloseable {

    private final Events events = Events.ofSuite();

    /** A customer that the directory knows, with the identity {@code shop:<id>}. */
    public UUID customer() {
        UUID customer = Ids.next();
        announce(customer);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                as(Tokens.agent())
                                                .get("/feedback?customer=shop:" + customer)
                                                .statusCode()
                                        == 200);
        return customer;
    }

    /** Tells that a customer exists, and waits for nothing. */
    public void announce(UUID customer) {
        events.sendSample(Topic.CUSTOMERS, customer, 1, "customer.registered.v1");
        events.send(
                Topic.PROFILES,
                customer,
                1,
                Events.snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON", "identities": [{"source": "shop", "externalId": "%s"}]}"""
                        .formatted(customer));
    }

    /** Tells, as the customer's second event, that it was merged into {@code survivor}. */
    public void merge(UUID customer, UUID survivor) {
        events.sendMerge(customer, 2, survivor);
    }

    /** Tells, as the customer's third event, that it stands by itself again. */
    public void unmerge(UUID customer) {
        events.sendSample(Topic.CUSTOMERS, customer, 3, "customer.unmerged.v1");
    }

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    /** An agent gives feedback with an idempotency key of its own. */
    public static ValidatableResponse give(String body) {
        return as(Tokens.agent())
                .header("Idempotency-Key", Ids.next().toString())
                .body(body)
                .post("/feedback")
                .then();
    }

    @Override
    public void close() {
        events.close();
    }
}
