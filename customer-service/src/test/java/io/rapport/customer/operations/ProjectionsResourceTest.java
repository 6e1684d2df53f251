package io.rapport.customer.operations;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays of the context, over HTTP and fed through Kafka. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ProjectionsResourceTest {

    private static final String PROJECTIONS = "/relationships/projections";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Events events = Events.ofSuite();

    @AfterEach
    void leaveOneGeneration() {
        events.close();
        Integer beside = context().path("beside");
        if (beside != null) {
            drop(beside).then().statusCode(200);
        }
        awaitRemoved();
    }

    @Test
    void a_replay_under_load_is_equal_and_takes_over_for_all_readers() throws Exception {
        List<UUID> customers = List.of(registered("{}"), registered("{}"), registered("{}"));
        int before = context().path("live");
        int replayed;
        try (var writer = Executors.newSingleThreadExecutor()) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicBoolean enough = new AtomicBoolean();
            Future<Integer> sequence = writer.submit(() -> write(customers, begun, enough));
            begun.await();
            replayed = replay().then().statusCode(200).extract().path("beside");
            awaitReplayed();
            enough.set(true);
            awaitApplied(customers, sequence.get());
        }
        awaitEqual(customers);
        List<Map<String, Object>> read = figures(customers);

        switchTo(replayed)
                .then()
                .statusCode(200)
                .body("live", equalTo(replayed))
                .body("beside", equalTo(before));
        assertThat(figures(customers)).isEqualTo(read);

        int next = sequenceOf(customers.getFirst()) + 1;
        purchase(customers.getFirst(), next);
        awaitApplied(customers.subList(0, 1), next);
        List<Map<String, Object>> moved = figures(customers);
        assertThat(moved).isNotEqualTo(read);
        awaitReplayed();
        awaitEqual(customers);
        switchTo(before).then().statusCode(200);
        assertThat(figures(customers)).isEqualTo(moved);
    }

    @Test
    void what_a_fault_did_to_the_live_rows_is_told_and_mended_by_the_switch() throws Exception {
        UUID customer = registered("{}");
        purchase(customer, 1);
        awaitApplied(List.of(customer), 1);
        int live = context().path("live");
        Databases.asOwner()
                .execute(
                        "UPDATE context_amount_by_generation SET sum = sum + 1 WHERE generation = ? AND customer_id = ?",
                        live,
                        customer);
        int replayed = replay().path("beside");
        awaitReplayed();

        await().atMost(LIMIT).until(() -> differencesOf(customer).size() == 2);
        assertThat(differencesOf(customer))
                .allSatisfy(
                        difference ->
                                assertThat(difference)
                                        .containsEntry("table", "context_amount_by_generation"))
                .extracting(
                        difference -> difference.get("generation") + ": " + difference.get("row"))
                .satisfiesExactlyInAnyOrder(
                        row -> assertThat(row).startsWith(live + ": ").contains("sum=13.5"),
                        row -> assertThat(row).startsWith(replayed + ": ").contains("sum=12.5"));
        switchTo(replayed).then().statusCode(200);
        agent().get("/customers/{id}/context", customer)
                .then()
                .body("interactions.purchases[0].sum", equalTo("12.50"));
    }

    @Test
    void a_generation_that_is_dropped_leaves_no_rows() throws Exception {
        UUID customer = registered("{}");
        purchase(customer, 1);
        awaitApplied(List.of(customer), 1);
        int replayed = replay().path("beside");
        awaitReplayed();
        await().atMost(LIMIT).until(() -> rowsOf(replayed) > 0);

        drop(replayed).then().statusCode(200).body("beside", equalTo(null));
        drop(replayed).then().statusCode(200);
        awaitRemoved();
        assertThat(rowsOf(replayed)).isZero();
        assertThat(progressOf(replayed)).isZero();
        assertThat(rowsOf(context().path("live"))).isPositive();
    }

    /** More of them than one transaction removes, and some of no customer. */
    @Test
    void parked_events_of_a_dropped_generation_are_removed_and_until_then_it_is_shown()
            throws Exception {
        int replayed = replay().path("beside");
        awaitReplayed();
        park("context-" + replayed, 1_001);
        int live = context().path("live");
        park("context-of-another", 1);
        try (Connection blocker = Databases.asOwner().connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute(
                            "SELECT FROM parked_event WHERE consumer = 'context-%d' LIMIT 1 FOR UPDATE"
                                    .formatted(replayed));
            drop(replayed)
                    .then()
                    .statusCode(200)
                    .body("live", equalTo(live))
                    .body("beside", equalTo(null))
                    .body("dropped", hasItem(replayed));
            as(Tokens.admin()).get(PROJECTIONS).then().body("items[0].dropped", hasItem(replayed));
        }
        awaitRemoved();
        assertThat(parkedOf("context-" + replayed)).isZero();
        assertThat(parkedOf("context-of-another")).isPositive();
    }

    /** The lock on the projection's row lets one statement begin a generation. */
    @Test
    void several_who_replay_at_once_begin_one_generation() {
        List<Integer> begun = AtOnce.run(8, caller -> replay().<Integer>path("beside"));

        assertThat(begun).doesNotContainNull();
        assertThat(begun.stream().distinct()).hasSize(1);
    }

    @Test
    void a_generation_that_is_behind_is_not_switched_to() throws Exception {
        UUID customer = registered("{}");
        for (int sequence = 1; sequence <= 10; sequence++) {
            purchase(customer, sequence);
        }
        awaitApplied(List.of(customer), 10);
        try (Connection blocker = Databases.asOwner().connect()) {
            int replayed = replay().path("beside");
            blocker.setAutoCommit(false);
            // It has to begin its positions under this lock, and cannot.
            blocker.createStatement()
                    .execute("SELECT FROM projection WHERE name = 'context' FOR UPDATE");
            Databases.asOwner()
                    .execute(
                            "DELETE FROM consumer_position WHERE consumer = ?",
                            "context-" + replayed);
            switchTo(replayed).then().statusCode(409).body("code", equalTo("generation-behind"));
        }
    }

    /** As where the log was made anew: the replay finds no first event. */
    @Test
    void a_generation_that_waits_for_events_of_before_is_not_switched_to() throws Exception {
        int replayed = replay().path("beside");
        awaitReplayed();
        UUID customer = registered("{}");
        Databases.asOwner()
                .execute(
                        "INSERT INTO early_event VALUES (?, 'gone', ?, 2, '')",
                        "context-" + replayed,
                        customer);
        switchTo(replayed).then().statusCode(409).body("code", equalTo("generation-incomplete"));

        Databases.asOwner()
                .execute(
                        "UPDATE early_event SET consumer = 'other' WHERE customer_id = ?",
                        customer);
        switchTo(replayed).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /nobody,                      404, unknown-projection",
        "PUT,    /nobody/replay,               404, unknown-projection",
        "GET,    /nobody/differences,          404, unknown-projection",
        "GET,    /context/differences,         404, no-such-generation",
        "GET,    /context/differences?limit=0, 400, invalid-limit",
        "DELETE, /context/generations/0,       404, no-such-generation",
        "DELETE, /context/generations/99999,   404, no-such-generation",
    })
    void what_is_not_there_is_refused(String method, String path, int status, String code) {
        as(Tokens.admin())
                .request(method, PROJECTIONS + path)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @Test
    void the_live_generation_is_not_dropped_and_none_but_the_one_beside_is_switched_to() {
        int live = context().path("live");
        drop(live).then().statusCode(409).body("code", equalTo("generation-is-live"));
        switchTo(live).then().statusCode(200).body("live", equalTo(live));
        switchTo(99_999).then().statusCode(404).body("code", equalTo("no-such-generation"));
        switchTo(0).then().statusCode(400);
    }

    @Test
    void only_an_admin_may() {
        agent().get(PROJECTIONS).then().statusCode(403);
        agent().put(PROJECTIONS + "/context/replay").then().statusCode(403);
        as(Tokens.admin())
                .get(PROJECTIONS)
                .then()
                .statusCode(200)
                .body("items.name", equalTo(List.of("context")));
    }

    private int write(List<UUID> customers, CountDownLatch begun, AtomicBoolean enough) {
        int sequence = 0;
        while (!enough.get() || sequence < 50) {
            sequence++;
            for (UUID customer : customers) {
                purchase(customer, sequence);
                events.sendSample(Topic.LOYALTY, customer, sequence, "loyalty.points-earned.v1");
                events.sendSample(Topic.FEEDBACK, customer, sequence, "feedback.received.v1");
            }
            if (sequence == 20) {
                begun.countDown();
            }
        }
        return sequence;
    }

    private void purchase(UUID customer, int sequence) {
        events.send(
                Topic.INTERACTIONS,
                customer,
                sequence,
                "interaction.recorded.v1",
                """
                {"type": "PURCHASE", "amount": {"amount": "12.50", "currency": "GBP"}}""");
    }

    private static void awaitApplied(List<UUID> customers, int sequence) {
        await().atMost(LIMIT)
                .until(
                        () ->
                                customers.stream()
                                        .allMatch(customer -> sequenceOf(customer) == sequence));
    }

    private static int sequenceOf(UUID customer) {
        return agent().get("/customers/{id}/context", customer).path("sources[1].sequence");
    }

    private static List<Map<String, Object>> figures(List<UUID> customers) {
        return customers.stream()
                .map(customer -> agent().get("/customers/{id}/context", customer))
                .map(
                        answer ->
                                Map.<String, Object>of(
                                        "interactions", answer.path("interactions"),
                                        "loyalty", answer.path("loyalty"),
                                        "feedback", answer.path("feedback")))
                .toList();
    }

    private static void awaitReplayed() {
        await().atMost(LIMIT).until(() -> context().<Integer>path("behind") == 0);
    }

    private static void awaitRemoved() {
        await().atMost(LIMIT).until(() -> context().<List<Integer>>path("dropped").isEmpty());
    }

    /** No row of theirs differs, at a moment at which both generations have applied the same. */
    private static void awaitEqual(List<UUID> customers) {
        await().atMost(LIMIT).until(() -> unsettled().stream().noneMatch(customers::contains));
        assertThat(differences()).noneMatch(row -> customers.contains(customerOf(row)));
    }

    private static UUID customerOf(Map<String, Object> difference) {
        return UUID.fromString(String.valueOf(difference.get("customer")));
    }

    private static List<Map<String, Object>> differencesOf(UUID customer) {
        return differences().stream().filter(row -> customer.equals(customerOf(row))).toList();
    }

    private static List<Map<String, Object>> differences() {
        return pages().stream()
                .flatMap(page -> page.<List<Map<String, Object>>>path("items").stream())
                .toList();
    }

    private static List<UUID> unsettled() {
        return pages().stream()
                .flatMap(page -> page.<List<String>>path("unsettled").stream())
                .map(UUID::fromString)
                .toList();
    }

    private static List<Response> pages() {
        List<Response> pages = new ArrayList<>();
        String after = null;
        do {
            var request = as(Tokens.admin()).queryParam("limit", 100);
            Response page =
                    (after == null ? request : request.queryParam("after", after))
                            .get(PROJECTIONS + "/context/differences");
            page.then().statusCode(200);
            pages.add(page);
            after = page.path("next");
        } while (after != null);
        return pages;
    }

    private static Response context() {
        return as(Tokens.admin()).get(PROJECTIONS + "/context");
    }

    private static Response replay() {
        return as(Tokens.admin()).put(PROJECTIONS + "/context/replay");
    }

    private static Response switchTo(int generation) {
        return as(Tokens.admin())
                .contentType(ContentType.JSON)
                .body(Map.of("generation", generation))
                .post(PROJECTIONS + "/context/switch");
    }

    private static Response drop(int generation) {
        return as(Tokens.admin()).delete(PROJECTIONS + "/context/generations/" + generation);
    }

    private static long rowsOf(int generation) throws SQLException {
        return number(
                "SELECT count(*) FROM context_interaction_by_generation WHERE generation = ?",
                generation);
    }

    private static long progressOf(int generation) throws SQLException {
        return number(
                "SELECT count(*) FROM consumer_progress WHERE consumer = ?",
                "context-" + generation);
    }

    private static void park(String consumer, int events) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO parked_event (id, consumer, topic, partition, "offset", customer_id, cause, detail)
                        SELECT gen_random_uuid(), ?, 'gone', 0, n, CASE WHEN n > 500 THEN gen_random_uuid() END, '', ''
                        FROM generate_series(1, ?) AS n ON CONFLICT DO NOTHING""",
                        consumer,
                        events);
    }

    private static long parkedOf(String consumer) throws SQLException {
        return number("SELECT count(*) FROM parked_event WHERE consumer = ?", consumer);
    }

    private static long number(String sql, Object... parameters) throws SQLException {
        return Databases.asOwner().number(sql, parameters);
    }
}
