package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.members;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.context.ContextProjection;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Cause;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members, kept up with what other services tell, and with time. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SegmentTimeTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String RECORDED = "interaction.recorded.v1";

    @Inject Clock clock;
    @Inject Jdbi jdbi;
    @Inject ContextProjection projection;
    @Inject MeterRegistry metrics;

    private final Events events = Events.ofSuite();
    private final String tag = newKey();

    @AfterEach
    void close() {
        events.close();
    }

    private UUID customer() {
        return registered("{\"tags\": [\"%s\"]}".formatted(tag));
    }

    private String segment(String condition) {
        return made(both(SegmentsApi.tagged(tag), condition));
    }

    @Test
    void what_another_service_tells_moves_its_customer() {
        UUID ada = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        purchase(ada, 1, "10.00", clock.instant());
        purchase(ada, 2, "5.00", clock.instant());

        awaitMembers(buyers, ada);
        members(buyers)
                .then()
                .body("items[0].reason", equalTo("CONTEXT"))
                .body("items[0].fields", contains("tags", "purchases.GBP.sum"));
        purchase(ada, 3, "-0.01", clock.instant());
        awaitMembers(buyers);
    }

    @Test
    void what_follows_from_an_event_of_another_service_names_it_as_its_cause() {
        UUID ada = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        UUID purchase = purchase(ada, 1, "20.00", clock.instant());
        awaitMembers(buyers, ada);

        Message entered = entered(ada, buyers);
        assertThat(entered.header("ce_causationid")).isEqualTo(purchase.toString());
        assertThat(entered.header("ce_correlationid")).isEqualTo(purchase.toString());
        assertThat(entered.header("ce_hops")).isEqualTo("1");
    }

    /** Preview and members never disagree; whoever reacts to what is told is refused. */
    @Test
    void after_the_most_reactions_it_is_decided_and_told_with_as_many_as_there_may_be() {
        UUID ada = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        double circles = metrics.get("rapport.segments.circles.total").counter().count();
        UUID purchase =
                events.draft(Topic.INTERACTIONS, ada, 1, RECORDED)
                        .causedBy(Ids.next(), Cause.MAX_HOPS)
                        .data(data("20.00"))
                        .send();
        awaitMembers(buyers, ada);

        Message entered = entered(ada, buyers);
        assertThat(entered.header("ce_causationid")).isEqualTo(purchase.toString());
        assertThat(entered.header("ce_hops")).isEqualTo(Cause.MAX_HOPS + "");
        assertThat(metrics.get("rapport.segments.circles.total").counter().count())
                .isGreaterThan(circles);
    }

    private static Message entered(UUID customer, String segment) {
        try (Topics topics = Topics.ofSuite()) {
            return await().atMost(LIMIT)
                    .until(
                            () ->
                                    topics.readAll(Topic.CUSTOMERS, customer.toString()).stream()
                                            .filter(event -> isOf(event, segment))
                                            .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static boolean isOf(Message event, String segment) {
        return "customer.segment-entered.v1".equals(event.header("ce_type"))
                && Objects.requireNonNull(event.value()).contains(segment);
    }

    @Test
    void a_time_condition_flips_within_seconds_of_its_instant_and_no_earlier() {
        UUID ada = customer();
        String fresh = segment(compare("interactions.lastAt", "NEWER_THAN", "[\"PT6S\"]"));
        String silent =
                segment(
                        "{\"not\": %s}"
                                .formatted(
                                        compare(
                                                "interactions.lastAt",
                                                "NEWER_THAN",
                                                "[\"PT6S\"]")));
        assertThat(memberIds(silent)).containsExactly(ada.toString());
        Instant told = clock.instant();
        purchase(ada, 1, "10.00", told);
        awaitMembers(fresh, ada);
        assertThat(memberIds(silent)).isEmpty();

        awaitMembers(silent, ada);
        assertThat(memberIds(fresh)).isEmpty();
        Instant since =
                Instant.parse(members(silent).then().extract().<String>path("items[0].since"));
        assertThat(since).isBetween(told.plusSeconds(6).minusMillis(1), told.plusSeconds(10));
        members(silent).then().body("items[0].reason", equalTo("TIME"));
    }

    @Test
    void figures_of_merged_customers_count_together_and_go_back() {
        UUID survivor = customer();
        UUID member = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        purchase(survivor, 1, "10.00", clock.instant());
        purchase(member, 1, "4.00", clock.instant());
        merge(survivor, member).then().statusCode(200);
        purchase(member, 2, "1.00", clock.instant());

        awaitMembers(buyers, survivor);
        unmerge(member).then().statusCode(200);
        assertThat(memberIds(buyers)).isEmpty();
    }

    /** A generation that nobody reads is folded: nobody moves, and nobody is looked at. */
    @Test
    void a_replay_moves_nobody() throws Exception {
        UUID ada = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        ReceivedEvent event =
                new ReceivedEvent(
                        Topic.INTERACTIONS,
                        Ids.next(),
                        RECORDED,
                        ada,
                        clock.instant(),
                        1,
                        new Cause("test", null, 0, null),
                        data("20.00"));
        QuarkusTransaction.requiringNew().run(() -> projection.fold(9_777, List.of(event)));
        assertThat(
                        Databases.asOwner()
                                .rows("SELECT 1 FROM segment_mark WHERE customer_id = ?", ada))
                .isEmpty();
        assertThat(memberIds(buyers)).isEmpty();
        purchase(ada, 1, "15.00", clock.instant());
        awaitMembers(buyers, ada);
    }

    /** Its figures may differ, and no fold has left a mark of that. */
    @Test
    void when_another_generation_of_the_context_is_read_all_are_decided_anew() {
        UUID ada = customer();
        String buyers = segment(compare("purchases.GBP.sum", "AT_LEAST", "[15]"));
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                jdbi.useHandle(
                                        handle -> {
                                            handle.execute(
                                                    """
                                                    INSERT INTO context_amount_by_generation
                                                    SELECT ?, 'PURCHASE', 'GBP', 1, 20, live FROM projection
                                                    WHERE name = 'context'
                                                    """,
                                                    ada);
                                            handle.execute(
                                                    "UPDATE segment_epoch SET context_generation = 0");
                                        }));
        awaitMembers(buyers, ada);
        members(buyers).then().body("items[0].reason", equalTo("DEFINITION"));
    }

    /** As a fault of ours would, its time zone, which nobody can tell us, stops each decision. */
    @Test
    void nobody_waits_for_a_customer_who_cannot_be_decided() throws Exception {
        Databases database = Databases.asOwner();
        String silent = segment(compare("interactions.lastAt", "OLDER_THAN", "[\"P60D\"]"));
        UUID faulty = customer();
        UUID ada = customer();
        Instant longAgo = clock.instant().minus(Duration.ofDays(90));
        database.execute("UPDATE customer SET time_zone = 'Not/There' WHERE id = ?", faulty);
        try {
            purchase(faulty, 1, "1.00", longAgo);
            await().atMost(LIMIT)
                    .until(
                            () ->
                                    !database.rows(
                                                    "SELECT 1 FROM segment_mark WHERE customer_id = ?",
                                                    faulty)
                                            .isEmpty());
            purchase(ada, 1, "1.00", longAgo);
            awaitMembers(silent, ada);
        } finally {
            database.execute("UPDATE customer SET time_zone = NULL WHERE id = ?", faulty);
        }
        database.execute("UPDATE segment_mark SET not_before = NULL WHERE customer_id = ?", faulty);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(memberIds(silent)).contains(faulty.toString()));
    }

    /** While much is told there is always one. */
    @Test
    void that_another_generation_is_read_is_seen_while_marks_wait() throws Exception {
        Databases database = Databases.asOwner();
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                jdbi.useHandle(
                                        handle -> {
                                            handle.execute(
                                                    """
                                                    INSERT INTO segment_mark (customer_id)
                                                    SELECT gen_random_uuid() FROM generate_series(1, 50000)
                                                    """);
                                            handle.execute(
                                                    "UPDATE segment_epoch SET context_generation = 0");
                                        }));

        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () ->
                                database.number(
                                                "SELECT count(*) FROM segment_epoch WHERE context_generation = 0")
                                        == 0);
        assertThat(database.number("SELECT count(*) FROM segment_mark")).isPositive();
        // They are of nobody, and other tests would wait for them.
        database.execute(
                "DELETE FROM segment_mark WHERE customer_id NOT IN (SELECT id FROM customer)");
    }

    private void awaitMembers(String segment, UUID... customers) {
        List<String> ids = List.of(customers).stream().map(UUID::toString).toList();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(memberIds(segment)).isEqualTo(ids));
    }

    private UUID purchase(UUID customer, long sequence, String pounds, Instant at) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, RECORDED)
                .time(at)
                .data(data(pounds))
                .send();
    }

    private static String data(String pounds) {
        return """
               {"interaction": "%s", "type": "PURCHASE", "channel": "WEB", "direction": "INBOUND",
                "amount": {"amount": "%s", "currency": "GBP"}}"""
                .formatted(UUID.randomUUID(), pounds);
    }
}
