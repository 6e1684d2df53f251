package io.rapport.customer.operations;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rapport.customer.CustomerEvent;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.operations.restore.Acceptance;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Backup;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database restored to an older state, a log that has moved on, and the way on. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(RestoreTest.OwnDatabase.class)
class RestoreTest {

    /** A service whose database may go back: what other tests wrote is not in it. */
    public static final class OwnDatabase implements QuarkusTestProfile {

        /** Each test loses the lease and takes it again, and is refused by the log meanwhile. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rapport.relay.lease", "PT4S",
                    "rapport.relay.broker-timeout", "PT3.5S",
                    "rapport.relay.pause", "PT0.2S");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOST = "/relationships/lost-events";

    @Inject MeterRegistry metrics;
    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject Jdbi jdbi;

    private final Topics topics = Topics.ofSuite();
    private final Databases database = Databases.asOwner();
    private String changed = "";
    private String untouched = "";
    private String registered = "";
    private final String registeredAs = newExternalId();
    private final Set<String> lost = new HashSet<>();

    /** Customers of before the backup; of one, two changes are lost, and another is lost wholly. */
    @BeforeEach
    void restore() throws SQLException {
        changed = put("shop", newExternalId(), name("Ada")).path("id");
        untouched = put("shop", newExternalId(), name("Grace")).path("id");
        awaitDrained();
        Backup backup = Backup.take();
        rename(changed, "Ada 2");
        rename(changed, "Ada 3");
        registered = put("shop", registeredAs, name("Edith")).path("id");
        awaitDrained();
        for (Topic topic : List.of(Topic.CUSTOMERS, Topic.PROFILES)) {
            topics.readAll(topic, changed).stream().skip(1).forEach(this::lose);
            topics.readAll(topic, registered).forEach(this::lose);
        }
        holdTheRelay();
        backup.restore();
    }

    private void lose(Message message) {
        lost.add(message.header("ce_id"));
    }

    @AfterEach
    void close() throws SQLException {
        letTheRelayGo();
        accept();
        awaitDrained();
        topics.close();
    }

    @Test
    void what_is_lost_is_listed_and_what_was_written_since_goes_on_above_it() throws Exception {
        rename(changed, "Augusta");
        rename(untouched, "Grace 2");
        String again = put("shop", registeredAs, name("Edith")).path("id");
        assertThat(again).isNotEqualTo(registered);
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");

        assertThat(listed("id")).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(listed("payload")).containsOnlyNulls();
        assertThat(agent().get(LOST).statusCode()).isEqualTo(403);
        assertThat(agent().post(LOST + "/accept").statusCode()).isEqualTo(403);

        assertThat(admin().post(LOST + "/accept?dryRun=yes").statusCode()).isEqualTo(400);
        Acceptance would = new Acceptance(6, 2, 1, 2);
        assertThat(admin().post(LOST + "/accept?dryRun=true").as(Acceptance.class))
                .isEqualTo(would);
        assertThat(accept()).isEqualTo(would);
        assertThat(accept()).isEqualTo(new Acceptance(0, 0, 0, 0));
        awaitState("SENDING");
        awaitDrained();

        assertThat(sequences(changed)).containsExactly(1, 2, 3, 4, 5);
        assertThat(sequences(untouched)).containsExactly(1, 2);
        assertThat(sequences(again)).containsExactly(1);
        assertThat(newestProfile(changed).value()).contains("\"Augusta\"");
        assertThat(newestProfile(changed).header("ce_version")).isEqualTo("5");
        assertThat(newestProfile(registered).value()).isNull();
        assertThat(listed("id")).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(listed("acceptedAt")).doesNotContainNull();

        rename(changed, "Ada King");
        awaitDrained();
        assertThat(sequences(changed)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(newestProfile(changed).value()).contains("\"Ada King\"");
    }

    @Test
    void an_etag_of_a_lost_version_is_stale() throws Exception {
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        accept();

        patch(changed, "\"3\"", "{\"displayName\": \"Nobody\"}").then().statusCode(412);
        await().atMost(SOON).until(() -> newestVersion() >= 4);
        assertThat(newestProfile(changed).value()).contains("\"Ada\"");
        // Its versions were lost and its history is whole.
        agent().queryParam("asOf", get(changed).<String>path("createdAt"))
                .get("/customers/{customer}", changed)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("displayName", equalTo("Ada"));
    }

    /** Going on tells profiles anew; nobody's who is erased may come back with them. */
    @Test
    void one_who_is_erased_before_going_on_gets_a_tombstone_above_what_was_lost() throws Exception {
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        ErasureApi.erase(changed).then().statusCode(202);
        accept();
        awaitDrained();

        assertThat(sequences(changed)).containsExactly(1, 2, 3, 4);
        assertThat(newestProfile(changed).value()).isNull();
        assertThat(newestVersion()).isGreaterThan(3);
        get(changed).then().statusCode(410);
    }

    /** The restore has merged them again, and an erasure takes all who are merged. */
    @Test
    void one_who_was_unmerged_since_is_unmerged_again_before_the_other_is_erased()
            throws Exception {
        goOn();
        merge(changed, untouched).then().statusCode(200);
        awaitDrained();
        Backup backup = Backup.take();
        unmerge(untouched).then().statusCode(200);
        ErasureApi.erase(changed).then().statusCode(202);
        awaitDrained();
        holdTheRelay();
        backup.restore();
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        assertThat(lostOf(untouched)).contains("customer.unmerged.v1");
        assertThat(lostOf(changed)).contains("customer.erasure-requested.v1");
        assertThat(ErasureApi.preview(changed).<List<String>>path("customers"))
                .containsExactlyInAnyOrder(changed, untouched);

        unmerge(untouched).then().statusCode(200);
        assertThat(ErasureApi.preview(changed).<List<String>>path("customers"))
                .containsExactly(changed);
        ErasureApi.erase(changed).then().statusCode(202);
        goOn();

        get(changed).then().statusCode(410);
        get(untouched).then().statusCode(200).body("displayName", equalTo("Grace"));
        assertThat(newestProfile(untouched).value()).contains("\"Grace\"");
    }

    private void goOn() throws SQLException {
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        accept();
        awaitDrained();
    }

    /** The types of what this customer has lost and nobody has accepted. */
    private static List<String> lostOf(String customer) {
        return admin().get(LOST + "?limit=100")
                .path(
                        "items.findAll { it.customer == '%s' && it.acceptedAt == null }.type"
                                .formatted(customer));
    }

    /** Callers and the relay take turns at the row of the relay's lease. */
    @Test
    void of_callers_at_once_each_lost_event_is_accepted_by_one() throws Exception {
        rename(changed, "Augusta");
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT FROM relay_lease FOR UPDATE");
            Response refused = admin().post(LOST + "/accept");
            assertThat(refused.statusCode()).isEqualTo(503);
        }
        assertThat(listed("acceptedAt")).containsOnlyNulls();

        List<Acceptance> answers =
                AtOnce.run(4, caller -> admin().post(LOST + "/accept").as(Acceptance.class));
        assertThat(answers.stream().mapToLong(Acceptance::events).sum()).isEqualTo(6);
        assertThat(answers.stream().mapToLong(Acceptance::renumbered).sum()).isEqualTo(1);
        awaitDrained();
        assertThat(sequences(changed)).containsExactly(1, 2, 3, 4, 5);
    }

    /** It holds the customer's counter, so that what is under way is waited for and renumbered. */
    @Test
    void what_is_being_written_meanwhile_gets_a_number_above() throws Exception {
        letTheRelayGo();
        awaitState("DATABASE_OLDER_THAN_LOG");
        QuarkusTransaction.begin();
        outbox.publish(
                new CustomerEvent.Changed(
                        UUID.fromString(changed), clock.instant(), List.of("/displayName")));
        int writer =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery("SELECT pg_backend_pid()")
                                        .mapTo(int.class)
                                        .one());
        CompletableFuture<Acceptance> accepting = CompletableFuture.supplyAsync(this::accept);
        await().atMost(SOON)
                .until(
                        () ->
                                database.number(
                                                """
                                                SELECT count(*) FROM pg_stat_activity
                                                WHERE datname = current_database()
                                                  AND %d = ANY (pg_blocking_pids(pid))"""
                                                        .formatted(writer))
                                        == 1);
        QuarkusTransaction.commit();

        assertThat(accepting.join().renumbered()).isEqualTo(1);
        awaitDrained();
        assertThat(sequences(changed)).containsExactly(1, 2, 3, 4, 5);
    }

    private Acceptance accept() {
        Response answer = admin().post(LOST + "/accept");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.as(Acceptance.class);
    }

    private static RequestSpecification admin() {
        return as(Tokens.admin());
    }

    /** One property of all that is listed and was lost in this test. */
    private List<Object> listed(String property) {
        List<Map<String, Object>> items = admin().get(LOST + "?limit=100").path("items");
        return items.stream()
                .filter(item -> lost.contains(String.valueOf(item.get("id"))))
                .map(item -> item.get(property))
                .toList();
    }

    private static String name(String displayName) {
        return "{\"displayName\": \"%s\"}".formatted(displayName);
    }

    private static void rename(String customer, String displayName) {
        patch(customer, get(customer).header("ETag"), name(displayName)).then().statusCode(200);
    }

    /** Of each event once, in the order of the log. */
    private List<Integer> sequences(String customer) {
        Map<String, Integer> sequences = new LinkedHashMap<>();
        topics.readAll(Topic.CUSTOMERS, customer)
                .forEach(
                        event ->
                                sequences.putIfAbsent(
                                        event.header("ce_id"),
                                        Integer.valueOf(event.header("ce_customersequence"))));
        return List.copyOf(sequences.values());
    }

    private Message newestProfile(String customer) {
        return topics.readAll(Topic.PROFILES, customer).getLast();
    }

    private long newestVersion() {
        return Long.parseLong(newestProfile(changed).header("ce_version"));
    }

    private void holdTheRelay() throws SQLException {
        database.execute(
                """
                UPDATE relay_lease SET holder = gen_random_uuid(), epoch = epoch + 1,
                    until = clock_timestamp() + interval '10 minutes'""");
        awaitState("STANDBY");
    }

    private void letTheRelayGo() throws SQLException {
        database.execute("UPDATE relay_lease SET until = '-infinity'");
    }

    private void awaitState(String state) {
        await().atMost(SOON)
                .until(
                        () ->
                                metrics.get("rapport.relay.state")
                                                .tag("state", state)
                                                .gauge()
                                                .value()
                                        == 1);
    }

    private void awaitDrained() {
        await().atMost(SOON).until(() -> database.number("SELECT count(*) FROM outbox") == 0);
    }
}
