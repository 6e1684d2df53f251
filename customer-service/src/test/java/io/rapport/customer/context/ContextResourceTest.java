package io.rapport.customer.context;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The context over HTTP, fed through Kafka with what the other services publish. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ContextResourceTest {

    private static final String RECORDED = "interaction.recorded.v1";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void before_any_event_it_holds_the_profile_and_zeros() {
        UUID customer = registered("{\"displayName\": \"Ada\"}");

        context(customer)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .body("customer", equalTo(customer.toString()))
                .body("profile.displayName", equalTo("Ada"))
                .body("interactions.count", equalTo(0))
                .body("interactions", not(hasKey("firstAt")))
                .body("interactions.purchases.size()", equalTo(0))
                .body("loyalty.balance", equalTo(0))
                .body("loyalty", not(hasKey("tier")))
                .body("feedback.count", equalTo(0))
                .body(
                        "sources.service",
                        equalTo(
                                List.of(
                                        "customer-service",
                                        "interaction-service",
                                        "loyalty-service",
                                        "feedback-service")))
                .body("sources.sequence", equalTo(List.of(1, 0, 0, 0)))
                .body("sources[0].lag", equalTo("PT0S"));
    }

    @Test
    void the_samples_of_all_services_add_up() {
        UUID customer = registered("{}");
        Instant then = Instant.parse("2026-11-20T09:14:05.250Z");
        events.draft(Topic.INTERACTIONS, customer, 1, RECORDED)
                .time(then)
                .data(Samples.of(RECORDED))
                .send();
        events.sendSample(Topic.INTERACTIONS, customer, 2, "interaction.promise-made.v1");
        events.sendSample(Topic.INTERACTIONS, customer, 3, "interaction.promise-kept.v1");
        events.sendSample(Topic.INTERACTIONS, customer, 4, "interaction.promise-broken.v1");
        events.sendSample(Topic.INTERACTIONS, customer, 5, "interaction.promise-withdrawn.v1");
        events.sendSample(Topic.LOYALTY, customer, 1, "loyalty.points-earned.v1");
        events.sendSample(Topic.LOYALTY, customer, 2, "loyalty.points-reversed.v1");
        events.sendSample(Topic.LOYALTY, customer, 3, "loyalty.tier-changed.v1");
        events.sendSample(Topic.FEEDBACK, customer, 1, "feedback.received.v1");

        applied(customer, 1, 5, 3, 1)
                .then()
                .body("interactions.count", equalTo(1))
                .body("interactions.firstAt", equalTo("2026-11-20T09:14:05.250Z"))
                .body("interactions.lastAt", equalTo("2026-11-20T09:14:05.250Z"))
                .body("interactions.purchases.size()", equalTo(1))
                .body("interactions.purchases[0].currency", equalTo("GBP"))
                .body("interactions.purchases[0].count", equalTo(1))
                .body("interactions.purchases[0].sum", equalTo("37.80"))
                .body("interactions.cancellations.size()", equalTo(0))
                .body("loyalty.balance", equalTo(25))
                .body("loyalty.tier", equalTo("SILVER"))
                .body("feedback.count", equalTo(1))
                .body("feedback.metrics[0].metric", equalTo("NPS"))
                .body("feedback.metrics[0].count", equalTo(1))
                .body("feedback.metrics[0].mean", equalTo(9.0f));
    }

    @Test
    void duplicates_count_once_and_gaps_are_waited_for() {
        UUID customer = registered("{}");
        Events.Draft first = purchase(customer, 1, "10.00");
        first.send();
        first.send();
        purchase(customer, 3, "1000.00").send();
        applied(customer, 1, 1, 0, 0)
                .then()
                .body("interactions.purchases[0].sum", equalTo("10.00"));

        purchase(customer, 2, "100.00").send();
        first.send();

        applied(customer, 1, 3, 0, 0)
                .then()
                .body("interactions.count", equalTo(3))
                .body("interactions.purchases[0].count", equalTo(3))
                .body("interactions.purchases[0].sum", equalTo("1110.00"));
    }

    @Test
    void unknown_types_and_fields_only_advance_the_sequence() {
        UUID customer = registered("{}");
        events.send(
                Topic.INTERACTIONS,
                customer,
                1,
                "interaction.reticulated.v9",
                "{\"x\": [1, {\"y\": 2}]}");
        events.send(
                Topic.INTERACTIONS,
                customer,
                2,
                RECORDED,
                """
                {"type": "TELEPATHY", "later": {"deep": true}, "amount": {"amount": "5.00", "currency": "EUR"}}""");

        applied(customer, 1, 2, 0, 0)
                .then()
                .body("interactions.count", equalTo(1))
                .body("interactions.purchases.size()", equalTo(0));
    }

    @Test
    void facts_that_came_before_their_customer_are_there_when_it_arrives() {
        UUID customer = registered("{}");
        UUID stranger = UUID.randomUUID();
        purchase(stranger, 1, "10.00").send();
        purchase(customer, 1, "20.00").send();

        applied(customer, 1, 1, 0, 0);
        context(stranger).then().statusCode(404);
        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                assertThat(
                                                Databases.asOwner()
                                                        .number(
                                                                "SELECT count(*) FROM context_amount WHERE customer_id = ?",
                                                                stranger))
                                        .isEqualTo(1));
    }

    @Test
    void asked_for_by_identity_it_says_where_it_lives() {
        String externalId = newExternalId();
        String id = put("shop", externalId, "{}").path("id");

        context("shop:" + externalId)
                .then()
                .statusCode(200)
                .header("Content-Location", "/customers/" + id + "/context")
                .body("customer", equalTo(id));
        context(id).then().header("Content-Location", nullValue());
    }

    @Test
    void a_read_sees_what_its_caller_has_written() {
        Response made = put("shop", newExternalId(), "{\"displayName\": \"Ada\"}");

        agent().header("Rapport-At-Least", made.header("Rapport-Version"))
                .get("/customers/{id}/context", made.<String>path("id"))
                .then()
                .statusCode(200)
                .body("profile.displayName", equalTo("Ada"));
    }

    @Test
    void the_lag_falls_to_almost_nothing_when_all_is_applied() {
        UUID customer = registered("{}");

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> {
                            List<String> lags = context(customer).path("sources.lag");
                            assertThat(lags).hasSize(4).doesNotContainNull();
                            assertThat(lags)
                                    .allMatch(
                                            lag ->
                                                    Duration.parse(lag)
                                                                    .compareTo(
                                                                            Duration.ofSeconds(5))
                                                            < 0);
                        });
    }

    private Events.Draft purchase(UUID customer, long sequence, String amount) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, RECORDED)
                .data(
                        """
                        {"type": "PURCHASE", "amount": {"amount": "%s", "currency": "GBP"}}"""
                                .formatted(amount));
    }

    private static Response context(Object customer) {
        return agent().get("/customers/{customer}/context", customer);
    }

    /** The context as soon as these sequences are applied: own, interactions, loyalty, feedback. */
    private static Response applied(UUID customer, Integer... sequences) {
        return await().atMost(LIMIT)
                .until(
                        () -> context(customer),
                        answer -> List.of(sequences).equals(answer.path("sources.sequence")));
    }
}
