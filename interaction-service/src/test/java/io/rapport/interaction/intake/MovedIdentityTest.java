package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An identity that moved in customer-service: facts stay where they arrived, and later ones are the
 * new customer's, whichever of the two snapshots this service reads first.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MovedIdentityTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void facts_under_it_are_the_new_customer_s_from_then_on(boolean newFirst) {
        Customer from = newCustomer();
        Customer to = newCustomer();
        Map<String, @Nullable Object> early = purchase(from);
        post(early).then().statusCode(201);

        try (Events events = Events.ofSuite()) {
            if (newFirst) {
                snapshot(events, to, to.externalId(), from.externalId());
                snapshot(events, from);
            } else {
                snapshot(events, from);
                snapshot(events, to, to.externalId(), from.externalId());
            }
        }
        await().atMost(LIMIT)
                .until(() -> List.of().equals(list(from.name()).path("items.customer")));
        Response late = post(purchase(from));

        late.then().statusCode(201).body("customer", equalTo(to.id().toString()));
        list(to.id().toString()).then().body("items", hasSize(1));
        list(from.id().toString())
                .then()
                .body("items", hasSize(1))
                .body("items[0].sourceId", equalTo(early.get("sourceId")));
    }

    private static void snapshot(Events events, Customer of, String... externalIds) {
        String identities =
                String.join(
                        ",",
                        List.of(externalIds).stream()
                                .map(
                                        id ->
                                                "{\"source\": \"shop\", \"externalId\": \"%s\"}"
                                                        .formatted(id))
                                .toList());
        events.send(
                Topic.PROFILES,
                of.id(),
                2,
                Events.snapshotType(Topic.PROFILES),
                "{\"status\": \"ACTIVE\", \"kind\": \"PERSON\", \"identities\": [%s]}"
                        .formatted(identities));
    }
}
