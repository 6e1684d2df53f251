package io.rapport.feedback.erasure;

import static io.rapport.feedback.Surroundings.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of a customer whom customer-service has erased. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasingTest {

    private static final String CONFIRMED = "feedback.customer-erased.v1";
    private static final String DIRECTORY = "/feedback/projections/directory";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Surroundings surroundings = new Surroundings();
    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final String mark = "MARK-" + Ids.next();

    @AfterEach
    void close() {
        surroundings.close();
        events.close();
        topics.close();
    }

    @Test
    void every_table_is_erased_or_stays_for_a_reason() throws SQLException {
        assertThat(Holdings.tables()).isEqualTo(Erasing.ROWS.tables());
    }

    @Test
    void nothing_that_came_with_a_mark_is_left_also_after_a_replay_and_the_figures_stay()
            throws SQLException {
        UUID customer = surroundings.customer();
        String id = marked(customer);
        assertThat(Holdings.of(mark))
                .containsExactlyInAnyOrder(
                        "directory_identity_by_generation",
                        "feedback",
                        "feedback_claim",
                        "feedback_text",
                        "idempotency_key",
                        "parked_event");

        erase(customer, 2);
        awaitConfirmations(customer);

        assertThat(Holdings.of(mark)).isEmpty();
        Map<String, Object> left =
                Databases.asOwner()
                        .rows("SELECT * FROM feedback WHERE id = ?", UUID.fromString(id))
                        .getFirst();
        assertThat(left)
                .containsEntry("metric", "NPS")
                .containsEntry("rating", 9)
                .containsEntry("touchpoint", "checkout")
                .doesNotContainKey("source_id");
        events.sendTombstone(Topic.PROFILES, customer, 4);
        int beside = as(Tokens.admin()).put(DIRECTORY + "/replay").path("beside");
        await().atMost(SOON)
                .until(() -> as(Tokens.admin()).get(DIRECTORY).<Integer>path("behind") == 0);
        assertThat(Holdings.of(mark)).isEmpty();
        as(Tokens.admin()).delete(DIRECTORY + "/generations/" + beside).then().statusCode(200);
    }

    @Test
    void what_an_independent_reader_finds_is_the_confirmation_as_its_sample_says() {
        UUID customer = surroundings.customer();
        UUID request = erase(customer, 2);

        Message confirmed = awaitConfirmations(customer).getFirst();

        assertThat(confirmed.header("ce_source")).isEqualTo("/rapport/feedback-service");
        assertThat(confirmed.header("ce_subject")).isEqualTo(customer.toString());
        assertThat(confirmed.header("ce_causationid")).isEqualTo(request.toString());
        Samples.assertSameShape(CONFIRMED, Objects.requireNonNull(confirmed.value()));
    }

    @Test
    void every_read_and_write_that_names_the_customer_is_refused_from_then_on() {
        UUID customer = surroundings.customer();
        String id = marked(customer);
        erase(customer, 2);
        awaitErased(customer);

        refused(as(Tokens.agent()).get("/feedback?customer=" + customer));
        refused(as(Tokens.agent()).get("/feedback/" + id));
        refused(give(customer.toString(), Ids.next().toString()));
        as(Tokens.agent()).get("/feedback?customer=shop:" + customer).then().statusCode(404);
    }

    /**
     * The row of customer_sequence holds it, which whoever keeps an answer locks too: with a key
     * and without, new and the same again.
     */
    @Test
    void what_is_given_while_the_customer_is_erased_is_erased_too_or_refused() throws SQLException {
        UUID customer = surroundings.customer();
        String sourceId = mark + "-again";
        List<Integer> callers =
                AtOnce.run(
                        6,
                        caller -> {
                            if (caller == 0) {
                                erase(customer, 2);
                                return 0;
                            }
                            for (int i = 0; i < 15; i++) {
                                String of = caller % 2 == 0 ? sourceId : mark + Ids.next();
                                assertThat(give(customer.toString(), of).statusCode())
                                        .isIn(200, 201, 410, 503);
                            }
                            return caller;
                        });
        awaitConfirmations(customer);

        assertThat(callers).hasSize(6);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    @Test
    void an_erasure_that_comes_twice_early_or_before_its_customer_is_carried_out_once() {
        UUID customer = Ids.next();
        erase(customer, 2);
        events.sendSample(Topic.CUSTOMERS, customer, 1, "customer.registered.v1");
        erase(customer, 3);
        erase(customer, 3);
        UUID unknown = Ids.next();
        erase(unknown, 1);

        awaitConfirmations(unknown);
        awaitErased(customer);
        await().atMost(SOON).until(() -> applied(customer) == 3);
        assertThat(awaitConfirmations(customer)).hasSize(1);
    }

    @Test
    void of_a_merge_each_member_is_erased_by_its_own_event() throws SQLException {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        marked(member);
        surroundings.merge(member, survivor);
        await().atMost(SOON)
                .until(
                        () ->
                                as(Tokens.agent())
                                                .get("/feedback?customer=" + survivor)
                                                .<List<?>>path("items")
                                                .size()
                                        == 1);

        erase(survivor, 2);
        awaitErased(survivor);
        refused(as(Tokens.agent()).get("/feedback?customer=" + member));
        erase(member, 3);

        awaitConfirmations(member);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    /** Marks in all that callers and customer-service may tell; answers the feedback's id. */
    private String marked(UUID customer) {
        events.send(
                Topic.PROFILES,
                customer,
                2,
                Events.snapshotType(Topic.PROFILES),
                "{\"identities\": [{\"source\": \"shop\", \"externalId\": \"%s\"}, {\"source\": \"card\", \"externalId\": \"%s\"}]}"
                        .formatted(customer, mark));
        events.send(
                Topic.PROFILES,
                customer,
                3,
                Events.snapshotType(Topic.PROFILES),
                "{\"displayName\": \"%s\", \"identities\": 7}".formatted(mark));
        await().atMost(SOON).until(() -> Holdings.of(mark).size() == 2);
        Response given = give(customer.toString(), mark + Ids.next());
        given.then().statusCode(201);
        return given.path("id");
    }

    private Response give(String customer, String sourceId) {
        return as(Tokens.agent())
                .header("Idempotency-Key", Ids.next().toString())
                .body(
                        """
                        {"customer": "%s", "metric": "NPS", "rating": 9, "text": "Said %s", "touchpoint": "checkout",
                         "occurredAt": "2026-11-20T09:30:00Z", "source": "shop", "sourceId": "%s"}"""
                                .formatted(customer, mark, sourceId))
                .post("/feedback");
    }

    private UUID erase(UUID who, long sequence) {
        return events.sendErasure(who, sequence);
    }

    private void awaitErased(UUID who) {
        await().atMost(SOON)
                .until(
                        () ->
                                as(Tokens.agent()).get("/feedback?customer=" + who).statusCode()
                                        == 410);
        awaitConfirmations(who);
    }

    private List<Message> awaitConfirmations(UUID who) {
        return await().atMost(SOON).until(() -> confirmations(who), told -> !told.isEmpty());
    }

    private List<Message> confirmations(UUID who) {
        return topics.readAll(Topic.FEEDBACK, who).stream()
                .filter(message -> message.header("ce_type").equals(CONFIRMED))
                .toList();
    }

    private static long applied(UUID who) throws SQLException {
        return Databases.asOwner()
                .number(
                        "SELECT coalesce(max(applied), 0) FROM consumer_progress WHERE consumer = 'erasing' AND customer_id = ?",
                        who);
    }

    private static void refused(Response response) {
        response.then().statusCode(410).body("code", equalTo("customer-erased"));
    }
}
