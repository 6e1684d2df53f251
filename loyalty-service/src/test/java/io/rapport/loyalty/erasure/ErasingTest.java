package io.rapport.loyalty.erasure;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
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
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of a customer whom customer-service has erased. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasingTest {

    private static final String CONFIRMED = "loyalty.customer-erased.v1";
    private static final String DIRECTORY = "/loyalty/projections/directory";
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
    void nothing_that_came_with_a_mark_is_left_also_after_a_replay_and_the_ledger_holds()
            throws SQLException {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "25.50");
        surroundings.cancellation(customer, 2, "-10.99");
        awaitBalance(customer, 15);
        profile(customer, 2, "[{\"source\": \"card\", \"externalId\": \"%s\"}]".formatted(mark));
        profile(customer, 3, "7, \"displayName\": \"%s\"".formatted(mark));
        await().atMost(SOON)
                .until(
                        () ->
                                Holdings.of(mark)
                                        .equals(
                                                Set.of(
                                                        "directory_identity_by_generation",
                                                        "parked_event")));

        erase(customer, 2);
        awaitConfirmations(customer);

        assertThat(Holdings.of(mark)).isEmpty();
        assertThat(entries(customer)).isEqualTo(2);
        assertThat(balance(customer)).isEqualTo(15);
        given().auth()
                .oauth2(Tokens.admin())
                .post("/loyalty/audit")
                .then()
                .statusCode(200)
                .body("differences", hasSize(0));
        events.sendTombstone(Topic.PROFILES, customer, 4);
        int beside =
                given().auth().oauth2(Tokens.admin()).put(DIRECTORY + "/replay").path("beside");
        await().atMost(SOON)
                .until(
                        () ->
                                given().auth()
                                                .oauth2(Tokens.admin())
                                                .get(DIRECTORY)
                                                .<Integer>path("behind")
                                        == 0);
        assertThat(Holdings.of(mark)).isEmpty();
        given().auth()
                .oauth2(Tokens.admin())
                .delete(DIRECTORY + "/generations/" + beside)
                .then()
                .statusCode(200);
    }

    @Test
    void what_an_independent_reader_finds_is_the_confirmation_as_its_sample_says() {
        UUID customer = surroundings.customer();
        UUID request = erase(customer, 2);

        Message confirmed = awaitConfirmations(customer).getFirst();

        assertThat(confirmed.header("ce_source")).isEqualTo("/rapport/loyalty-service");
        assertThat(confirmed.header("ce_subject")).isEqualTo(customer.toString());
        assertThat(confirmed.header("ce_causationid")).isEqualTo(request.toString());
        Samples.assertSameShape(CONFIRMED, Objects.requireNonNull(confirmed.value()));
    }

    @Test
    void every_read_that_names_the_customer_is_refused_from_then_on() {
        UUID customer = surroundings.customer();
        erase(customer, 2);
        awaitErased(customer);

        refused(get("/loyalty/accounts/" + customer));
        refused(get("/loyalty/accounts/" + customer + "/entries"));
        get("/loyalty/accounts/shop:" + customer).then().statusCode(404);
    }

    @Test
    void facts_that_come_after_it_only_advance_the_sequence() throws SQLException {
        UUID had = surroundings.customer();
        surroundings.purchase(had, 1, "25.50");
        awaitBalance(had, 25);
        UUID never = surroundings.customer();
        erase(had, 2);
        erase(never, 2);
        awaitConfirmations(had);
        awaitConfirmations(never);

        surroundings.purchase(had, 2, "10.00");
        surroundings.cancellation(had, 3, "-10.00");
        events.sendSample(Topic.INTERACTIONS, never, 1, "interaction.recorded.v1");
        events.sendSample(Topic.INTERACTIONS, never, 2, "interaction.customer-erased.v1");

        await().atMost(SOON).until(() -> applied("earning", had) == 3);
        await().atMost(SOON).until(() -> applied("earning", never) == 2);
        assertThat(entries(had)).isOne();
        assertThat(balance(had)).isEqualTo(25);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM account WHERE customer_id = ?",
                                        never))
                .isZero();
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM parked_event WHERE customer_id = ANY (ARRAY[?, ?])",
                                        had,
                                        never))
                .isZero();
    }

    /** The row of customer_sequence holds it; what was refused there is looked at once more. */
    @Test
    void purchases_that_arrive_while_the_customer_is_erased_count_or_are_passed_over()
            throws SQLException {
        UUID customer = surroundings.customer();
        for (int sequence = 1; sequence <= 60; sequence++) {
            surroundings.purchase(customer, sequence, "1.00");
            if (sequence == 20) {
                erase(customer, 2);
            }
        }
        awaitConfirmations(customer);
        await().atMost(SOON).until(() -> applied("earning", customer) == 60);

        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM parked_event WHERE customer_id = ?",
                                        customer))
                .isZero();
        assertThat(balance(customer)).isEqualTo(entries(customer));
        // The last event of the log is the confirmation: no points were told after it.
        assertThat(topics.readAll(Topic.LOYALTY, customer).getLast().header("ce_type"))
                .isEqualTo(CONFIRMED);
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
        await().atMost(SOON).until(() -> applied("erasing", customer) == 3);
        assertThat(awaitConfirmations(customer)).hasSize(1);
    }

    @Test
    void of_a_merge_each_member_is_erased_by_its_own_event() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        surroundings.purchase(member, 1, "25.50");
        awaitBalance(member, 25);
        surroundings.merge(member, survivor);
        awaitBalance(survivor, 25);

        erase(survivor, 2);
        awaitErased(survivor);
        refused(get("/loyalty/accounts/" + member));
        erase(member, 3);
        awaitConfirmations(member);
    }

    private void profile(UUID customer, long version, String identities) {
        events.send(
                Topic.PROFILES,
                customer,
                version,
                Events.snapshotType(Topic.PROFILES),
                "{\"identities\": " + identities + "}");
    }

    private UUID erase(UUID who, long sequence) {
        return events.sendErasure(who, sequence);
    }

    private void awaitErased(UUID who) {
        await().atMost(SOON).until(() -> get("/loyalty/accounts/" + who).statusCode() == 410);
        awaitConfirmations(who);
    }

    private List<Message> awaitConfirmations(UUID who) {
        return await().atMost(SOON).until(() -> confirmations(who), told -> !told.isEmpty());
    }

    private List<Message> confirmations(UUID who) {
        return topics.readAll(Topic.LOYALTY, who).stream()
                .filter(message -> message.header("ce_type").equals(CONFIRMED))
                .toList();
    }

    private static long entries(UUID who) throws SQLException {
        return Databases.asOwner()
                .number("SELECT count(*) FROM ledger_entry WHERE customer_id = ?", who);
    }

    private static long balance(UUID who) throws SQLException {
        return Databases.asOwner()
                .number("SELECT coalesce(sum(balance), 0) FROM account WHERE customer_id = ?", who);
    }

    private static long applied(String consumer, UUID who) throws SQLException {
        return Databases.asOwner()
                .number(
                        "SELECT coalesce(max(applied), 0) FROM consumer_progress WHERE consumer = ? AND customer_id = ?",
                        consumer,
                        who);
    }

    private static Response get(String path) {
        return given().auth().oauth2(Tokens.agent()).get(path);
    }

    private static void refused(Response response) {
        response.then().statusCode(410).body("code", equalTo("customer-erased"));
    }
}
