package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can never be applied, sent to the projection "total" on the interaction log and the reaction
 * "echo" on the loyalty log over a real broker.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PoisonEventsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Effects effects;
    @Inject ParkedEvents parked;
    @Inject Jdbi jdbi;
    @Inject ConsumerConfiguration config;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();
    private final UUID bystander = Ids.next();

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no json", "{\"number\":\"many\"}", "{}", "[1]", "", "{\"number\":2000000}"})
    void an_event_that_cannot_be_applied_is_parked_with_what_follows_it_and_nobody_else_waits(
            String payload) {
        effects.added(events, customer, 1).send();
        effects.added(events, customer, 2).data(payload).send();
        effects.added(events, customer, 3).send();
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");

        await().atMost(SOON)
                .until(
                        () ->
                                effects.parked(customer).size() == 2
                                        && effects.total(bystander) == 10);
        assertThat(effects.parked(customer)).last().isEqualTo("behind-a-parked-event");
        assertThat(effects.seen(customer)).isEqualTo("1");
        assertThat(effects.applied(customer, "total")).isEqualTo(1);
    }

    /** More than the share of parked events at which a consumer stops. */
    @Test
    void what_is_parked_behind_one_event_of_a_busy_customer_does_not_stop_the_consumer() {
        int behind = (int) (config.parkedWindow() * config.maxParkedShare()) + 10;
        effects.added(events, customer, 1).data("no json").send();
        for (int sequence = 2; sequence <= behind + 1; sequence++) {
            effects.added(events, customer, sequence).send();
        }
        await().atMost(SOON).until(() -> effects.parked(customer).size() == behind + 1);
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");
        await().atMost(SOON).until(() -> effects.total(bystander) == 10);
    }

    /** SQLSTATE 54000: the same row is too large tomorrow, too. */
    @Test
    void an_event_beyond_a_limit_of_the_database_is_parked_and_nobody_else_waits() {
        Random random = new Random(54);
        String note =
                random.ints(5_000, 'a', 'z' + 1)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        events.send(
                Topic.INTERACTIONS, customer, 1, "test.noted.v1", "{\"note\":\"" + note + "\"}");
        events.send(Topic.INTERACTIONS, bystander, 1, "test.added.v1", "{\"number\":10}");

        await().atMost(SOON)
                .until(() -> effects.parked(customer).equals(List.of("database-refused-54000")));
        await().atMost(SOON).until(() -> effects.total(bystander) == 10);
    }

    @Test
    void what_the_service_of_the_topic_did_not_write_is_parked_by_itself_with_its_cause() {
        long before = parkedWithoutCustomer();
        effects.added(events, customer, 1).header("ce_subject", "somebody").send();
        effects.added(events, customer, 1).header("ce_customersequence", "-1").send();
        effects.added(events, customer, 1).header("ce_source", "/rapport/loyalty-service").send();
        effects.added(events, customer, 1).key(bystander.toString()).send();
        effects.added(events, customer, 1).key(null).send();
        topics.produce(topics.name(Topic.INTERACTIONS), null, Map.of(), null);
        effects.added(events, customer, 1).send();

        await().atMost(SOON).until(() -> effects.seen(customer).equals("1"));
        await().atMost(SOON).until(() -> parkedWithoutCustomer() == before + 6);
        assertThat(causes())
                .contains(
                        "missing-attribute", "invalid-attribute", "wrong-source", "wrongly-keyed");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                broken("missing-attribute", draft -> draft.without("ce_type")),
                broken("invalid-attribute", draft -> draft.header("ce_hops", "9")),
                broken(
                        "invalid-attribute",
                        draft -> draft.header("ce_time", "+1000000000-06-01T00:00:00Z")),
                broken(
                        "invalid-attribute",
                        draft -> draft.header("ce_correlationid", "x".repeat(257))),
                broken("event-without-payload", draft -> draft.data(null)),
                broken("event-too-large", draft -> draft.data("x".repeat(300_000))));
    }

    private static Arguments broken(String cause, UnaryOperator<Events.Draft> change) {
        return Arguments.of(cause, change);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void an_event_that_cannot_be_read_is_parked_with_what_follows_it(
            String cause, UnaryOperator<Events.Draft> change) {
        effects.added(events, customer, 1).send();
        change.apply(effects.added(events, customer, 2)).send();
        effects.added(events, customer, 3).send();

        await().atMost(SOON)
                .until(
                        () ->
                                effects.parked(customer)
                                        .equals(List.of(cause, "behind-a-parked-event")));
        assertThat(effects.seen(customer)).isEqualTo("1");
    }

    @Test
    void an_event_that_cannot_be_read_and_came_early_is_parked_when_its_turn_comes() {
        effects.added(events, customer, 3).without("ce_type").send();
        effects.added(events, customer, 1).send();
        await().atMost(SOON).until(() -> effects.early(customer) == 1);
        effects.added(events, customer, 2).send();

        await().atMost(SOON)
                .until(() -> effects.parked(customer).equals(List.of("missing-attribute")));
        assertThat(effects.seen(customer)).isEqualTo("1,2");
        effects.added(events, customer, 4).send();
        await().atMost(SOON).until(() -> effects.parked(customer).size() == 2);
        await().atMost(SOON).until(() -> effects.early(customer) == 0);
    }

    @Test
    void a_forged_event_that_came_early_leaves_its_number_to_the_true_one() {
        effects.added(events, customer, 1).send();
        var forged = effects.added(events, customer, 3).data("no json");
        forged.send();
        forged.send();
        effects.added(events, customer, 3).send();
        effects.added(events, customer, 4).send();
        await().atMost(SOON).until(() -> effects.early(customer) == 3);
        effects.added(events, customer, 2).send();
        await().atMost(SOON)
                .until(() -> effects.parked(customer).equals(List.of("event-unreadable")));
        assertThat(effects.seen(customer)).isEqualTo("1,2");

        parked.giveUp(effects.firstParked(customer), true);
        await().atMost(SOON).until(() -> effects.seen(customer).equals("1,2,3,4"));
        await().atMost(SOON).until(() -> effects.early(customer) == 0);
    }

    @Test
    void a_forged_event_that_came_after_the_true_one_of_its_number_is_nothing() {
        effects.added(events, customer, 2).send();
        effects.added(events, customer, 2).data("no json").send();
        await().atMost(SOON).until(() -> effects.early(customer) == 2);
        effects.added(events, customer, 1).send();

        await().atMost(SOON).until(() -> effects.early(customer) == 0);
        assertThat(effects.seen(customer)).isEqualTo("1,2");
        assertThat(effects.parked(customer)).isEmpty();
    }

    @Test
    void a_reaction_beyond_eight_hops_is_refused_and_parked() {
        events.draft(Topic.LOYALTY, customer, 1, "test.any.v1").header("ce_hops", "8").send();
        await().atMost(SOON).until(() -> effects.parked(customer).equals(List.of("too-many-hops")));
        assertThat(topics.readAll(Topic.CUSTOMERS, customer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_correlationid", "traceparent"})
    void a_header_too_long_to_be_passed_on_is_no_event(String header) {
        events.draft(Topic.LOYALTY, customer, 1, "test.any.v1")
                .header(header, "x".repeat(257))
                .send();
        await().atMost(SOON)
                .until(() -> effects.parked(customer).equals(List.of("invalid-attribute")));
        assertThat(topics.readAll(Topic.CUSTOMERS, customer)).isEmpty();
    }

    private long parkedWithoutCustomer() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM parked_event WHERE customer_id IS NULL")
                                .mapTo(Long.class)
                                .one());
    }

    private List<String> causes() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT DISTINCT cause FROM parked_event")
                                .mapTo(String.class)
                                .list());
    }
}
