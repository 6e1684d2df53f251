package io.rapport.customer.context;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The context of merged customers, from events that come before and after the merge. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedContextTest {

    private static final String RECORDED = "interaction.recorded.v1";

    private final Events events = Events.ofSuite();
    private UUID survivor;
    private UUID member;

    @BeforeEach
    void make() {
        survivor = registered("{\"givenName\": \"Ada\"}");
        member = registered("{\"country\": \"GB\"}");
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void figures_of_all_are_added_up_and_go_back_to_whose_they_are() {
        purchase(survivor, 1, "10.00");
        purchase(member, 1, "5.00");
        points(survivor, 1, 400);
        points(member, 1, 300);
        rating(member, 1, 8);
        told(survivor, 10, 0, 400);
        told(member, 5, 1, 300);

        merge(survivor, member).then().statusCode(200);
        told(survivor, 15, 1, 700)
                .then()
                .body("profile.givenName", equalTo("Ada"))
                .body("profile.country", equalTo("GB"))
                .body("interactions.count", equalTo(2))
                .body("loyalty", not(hasKey("tier")))
                .body("sources[1].sequence", equalTo(2))
                .header("Content-Location", nullValue());

        // What comes under the member's id counts at once, and stays with it.
        purchase(member, 2, "2.50");
        rating(survivor, 1, 10);
        told(member, 17.5, 2, 700)
                .then()
                .body("customer", equalTo(survivor.toString()))
                .header("Content-Location", endsWith("/customers/" + survivor + "/context"))
                .body("feedback.metrics[0].mean", equalTo(9.0f));

        unmerge(member).then().statusCode(200);
        told(survivor, 10, 1, 400).then().body("loyalty.tier", equalTo("BASE"));
        told(member, 7.5, 1, 300)
                .then()
                .body("customer", equalTo(member.toString()))
                .header("Content-Location", nullValue());
    }

    @Test
    void events_of_before_that_come_after_the_merge_count_as_if_they_had_come_before() {
        merge(survivor, member).then().statusCode(200);
        purchase(member, 1, "5.00");
        purchase(survivor, 1, "10.00");
        told(survivor, 15, 0, 0);
        unmerge(member).then().statusCode(200);
        told(survivor, 10, 0, 0);
        told(member, 5, 0, 0);
    }

    /** Waits until the context has purchases of this sum, so many ratings, and points. */
    private static Response told(UUID customer, double pounds, int ratings, int points) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            Response context = context(customer);
                            assertThat(context.<String>path("interactions.purchases[0].sum"))
                                    .isEqualTo("%.2f".formatted(pounds));
                            assertThat(context.<Integer>path("feedback.count")).isEqualTo(ratings);
                            assertThat(context.<Integer>path("loyalty.balance")).isEqualTo(points);
                        });
        return context(customer);
    }

    private static Response context(UUID customer) {
        return agent().get("/customers/{customer}/context", customer);
    }

    private void purchase(UUID customer, long sequence, String pounds) {
        events.draft(Topic.INTERACTIONS, customer, sequence, RECORDED)
                .data(
                        """
                        {"interaction": "%s", "type": "PURCHASE", "channel": "WEB", "direction": "INBOUND",
                         "amount": {"amount": "%s", "currency": "GBP"}}"""
                                .formatted(UUID.randomUUID(), pounds))
                .send();
    }

    private void points(UUID customer, long sequence, long balance) {
        events.send(
                Topic.LOYALTY,
                customer,
                sequence,
                "loyalty.points-earned.v1",
                "{\"programme\": \"default\", \"points\": %d, \"balance\": %d, \"tier\": \"BASE\"}"
                        .formatted(balance, balance));
    }

    private void rating(UUID customer, long sequence, int rating) {
        events.send(
                Topic.FEEDBACK,
                customer,
                sequence,
                "feedback.received.v1",
                "{\"metric\": \"NPS\", \"rating\": %d}".formatted(rating));
    }
}
