package io.rapport.customer.operations;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is this service's own about parked events: its path, and how it finds a customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ParkedRelationshipEventsResourceTest {

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void they_are_found_by_an_identity_of_their_customer() {
        String externalId = newExternalId();
        String customer = put("shop", externalId, "{}").path("id");
        events.send(
                Topic.LOYALTY, UUID.fromString(customer), 1, "loyalty.points-earned.v1", "no JSON");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> parked("shop:" + externalId).path("items.size()").equals(1));
        parked(customer)
                .then()
                .body("items.consumer[0]", equalTo("context"))
                .body("items.customer[0]", equalTo(customer));
        parked("shop:" + newExternalId())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        parked("neither").then().statusCode(400);
    }

    private static Response parked(String customer) {
        return as(Tokens.admin())
                .queryParam("consumer", "context")
                .queryParam("customer", customer)
                .get("/relationships/parked-events");
    }
}
