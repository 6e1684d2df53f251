package io.rapport.loyalty.earning;

import static io.rapport.loyalty.Surroundings.OCCURRED;
import static io.rapport.loyalty.Surroundings.asAgent;
import static io.rapport.loyalty.Surroundings.awaitBalance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class EarningTest {

    private Surroundings surroundings;
    private Topics topics;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
        topics = Topics.ofSuite();
    }

    @AfterEach
    void close() {
        surroundings.close();
        topics.close();
    }

    @Test
    void a_purchase_earns_the_whole_units_of_its_amount() {
        UUID customer = surroundings.customer();
        UUID cause =
                surroundings
                        .events()
                        .draft(Topic.INTERACTIONS, customer, 1, "interaction.recorded.v1")
                        .time(OCCURRED)
                        .data(Samples.of("interaction.recorded.v1"))
                        .send();

        awaitBalance(customer, 37)
                .body("customer", equalTo(customer.toString()))
                .body("programme", equalTo("default"))
                .body("earned", equalTo(37))
                .body("reversed", equalTo(0))
                .body("tier", equalTo("BASE"))
                .body("pointsToNextTier", equalTo(463));
        asAgent("/loyalty/accounts/" + customer + "/entries")
                .body("items", hasSize(1))
                .body("items[0].kind", equalTo("EARNED"))
                .body("items[0].points", equalTo(37))
                .body("items[0].balanceAfter", equalTo(37))
                .body("items[0].interaction", equalTo("019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"))
                .body("items[0].cause", equalTo(cause.toString()))
                .body("items[0].amount.amount", equalTo("37.80"))
                .body("items[0].programmeVersion", equalTo(1))
                .body("items[0].occurredAt", equalTo(OCCURRED.toString()));

        Message told = told(customer, 1).getFirst();
        assertSample("loyalty.points-earned.v1", told);
        assertThat(told.header("ce_type")).isEqualTo("loyalty.points-earned.v1");
        assertThat(told.header("ce_source")).isEqualTo("/rapport/loyalty-service");
        assertThat(told.header("ce_subject")).isEqualTo(customer.toString());
        assertThat(told.header("ce_time")).isEqualTo(OCCURRED.toString());
        assertThat(told.header("ce_customersequence")).isEqualTo("1");
        assertThat(told.header("ce_causationid")).isEqualTo(cause.toString());
        assertThat(told.header("ce_hops")).isEqualTo("1");
    }

    @Test
    void what_was_promised_moves_nothing_and_holds_nothing_back() {
        UUID customer = surroundings.customer();
        List<String> promises =
                List.of(
                        "interaction.promise-made.v1",
                        "interaction.promise-kept.v1",
                        "interaction.promise-broken.v1",
                        "interaction.promise-withdrawn.v1");
        for (String type : promises) {
            surroundings
                    .events()
                    .sendSample(Topic.INTERACTIONS, customer, promises.indexOf(type) + 1, type);
        }
        surroundings.purchase(customer, 5, "12.50");

        awaitBalance(customer, 12);
        assertThat(told(customer, 1)).hasSize(1);
    }

    @Test
    void a_cancellation_takes_back_within_the_balance() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "25.50");
        surroundings.cancellation(customer, 2, "-10.99");
        surroundings.cancellation(customer, 3, "-40.00");

        awaitBalance(customer, 0);
        await().untilAsserted(
                        () ->
                                entries(customer)
                                        .body("items.points", equalTo(List.of(-15, -10, 25))));
        entries(customer).body("items.requested", equalTo(List.of(40, 10, 25)));
        asAgent("/loyalty/accounts/" + customer)
                .body("earned", equalTo(25))
                .body("reversed", equalTo(25));

        List<Message> told = told(customer, 3);
        assertSample("loyalty.points-reversed.v1", told.get(1));
        assertThat(told.get(2).value())
                .contains("\"points\":15", "\"requested\":40", "\"balance\":0");
    }

    @Test
    void a_refund_before_its_purchase_takes_nothing_and_says_so() {
        UUID customer = surroundings.customer();
        surroundings.cancellation(customer, 1, "-15.00");
        surroundings.purchase(customer, 2, "20.00");

        awaitBalance(customer, 20).body("earned", equalTo(20)).body("reversed", equalTo(0));
        entries(customer)
                .body("items.points", equalTo(List.of(20, 0)))
                .body("items.requested", equalTo(List.of(20, 15)));
    }

    @Test
    void what_is_worth_no_whole_unit_moves_nothing() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "0.99");
        surroundings.purchase(customer, 2, "0.00");
        surroundings.purchase(customer, 3, "-12.00");
        surroundings.cancellation(customer, 4, "-0.50");
        surroundings.cancellation(customer, 5, "12.00");
        surroundings.interaction(customer, 6, "VISIT", "99.00").send();
        Events events = surroundings.events();
        events.send(
                Topic.INTERACTIONS,
                customer,
                7,
                "interaction.recorded.v1",
                """
                {"interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "type": "CALL"}""");
        events.send(Topic.INTERACTIONS, customer, 8, "interaction.renamed.v7", "{}");
        surroundings.purchase(customer, 9, "1.00");

        awaitBalance(customer, 1);
        entries(customer).body("items", hasSize(1));
    }

    /** A correction never tells another amount, type or time. */
    @Test
    void a_correction_moves_no_points_and_what_follows_it_does() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "25.50");
        surroundings
                .events()
                .send(
                        Topic.INTERACTIONS,
                        customer,
                        2,
                        "interaction.corrected.v1",
                        Samples.of("interaction.corrected.v1"));
        surroundings.purchase(customer, 3, "10.00");

        awaitBalance(customer, 35).body("earned", equalTo(35)).body("reversed", equalTo(0));
        entries(customer).body("items.points", equalTo(List.of(10, 25)));
    }

    @Test
    void what_customers_told_moves_nothing_and_holds_nothing_back() {
        UUID customer = surroundings.customer();
        List<String> facts =
                List.of(
                        "interaction.fact-told.v1",
                        "interaction.context-repeated.v1",
                        "interaction.fact-forgotten.v1");
        for (String type : facts) {
            surroundings
                    .events()
                    .sendSample(Topic.INTERACTIONS, customer, facts.indexOf(type) + 1, type);
        }
        surroundings.purchase(customer, 4, "12.50");

        awaitBalance(customer, 12);
    }

    @Test
    void the_same_event_moves_points_once_however_often_it_comes() {
        UUID customer = surroundings.customer();
        Events.Draft purchase = surroundings.interaction(customer, 1, "PURCHASE", "10.00");
        purchase.send();
        purchase.send();
        // The same id under the next number would pass the sequence; the claim on the causing event
        // stops it.
        purchase.header("ce_customersequence", "2").send();
        purchase.send();
        surroundings.purchase(customer, 3, "1.00");

        awaitBalance(customer, 11);
        entries(customer).body("items", hasSize(2));
        assertThat(told(customer, 2)).hasSize(2);
    }

    @Test
    void events_count_in_their_sequence_whatever_order_they_come_in() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 3, "5.00");
        surroundings.purchase(customer, 1, "10.00");
        surroundings.cancellation(customer, 2, "-15.00");

        awaitBalance(customer, 5);
        entries(customer).body("items.points", equalTo(List.of(5, -10, 10)));
    }

    @Test
    void a_very_large_purchase_reaches_the_highest_tier_at_once() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "168469.60");

        awaitBalance(customer, 168_469)
                .body("tier", equalTo("GOLD"))
                .body("pointsToNextTier", equalTo(null));
        List<Message> told = told(customer, 2);
        assertSample("loyalty.tier-changed.v1", told.get(1));
        assertThat(told.get(1).value()).contains("\"from\":\"BASE\"", "\"to\":\"GOLD\"");
        assertThat(told.get(1).header("ce_customersequence")).isEqualTo("2");
    }

    @Test
    void a_cancellation_lowers_the_tier_and_tells_it() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "500.00");
        surroundings.cancellation(customer, 2, "-0.99");
        surroundings.cancellation(customer, 3, "-1.00");

        awaitBalance(customer, 499)
                .body("tier", equalTo("BASE"))
                .body("pointsToNextTier", equalTo(1));
        assertThat(told(customer, 4).stream().map(message -> message.header("ce_type")))
                .containsExactly(
                        "loyalty.points-earned.v1",
                        "loyalty.tier-changed.v1",
                        "loyalty.points-reversed.v1",
                        "loyalty.tier-changed.v1");
    }

    private static ValidatableResponse entries(UUID customer) {
        return asAgent("/loyalty/accounts/" + customer + "/entries");
    }

    private static void assertSample(String type, Message message) {
        Samples.assertSameShape(type, Objects.requireNonNull(message.value()));
    }

    /** Waits until the log holds so many events of the customer. */
    private List<Message> told(UUID customer, int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topics.readAll(Topic.LOYALTY, customer).size() >= count);
        return topics.readAll(Topic.LOYALTY, customer);
    }
}
