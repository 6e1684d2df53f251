package io.rapport.interaction.briefing;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.interaction.fact.FactsApi;
import io.rapport.interaction.promise.PromisesApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Buffers;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a customer, before the first word. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BriefingTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant DAY = Instant.parse("2026-11-20T10:00:00Z");

    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    private final Events events = Events.ofSuite();
    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @AfterEach
    void reset() {
        shiftable.reset();
        events.close();
    }

    @Test
    void of_one_of_whom_nothing_is_known_it_is_empty() {
        briefing(customer)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(customer.id().toString()))
                .body("members", contains(customer.id().toString()))
                .body("topics", empty())
                .body("dontAskAgain", empty())
                .body("promises", empty())
                .body("preferences", empty())
                .body("$", not(hasKey("mood")));
        agent().get("/interactions/customers/{c}/briefing", newId()).then().statusCode(404);
    }

    @Test
    void what_is_known_comes_by_topic_each_with_its_interaction() {
        String call = interaction(DAY);
        told(call, "household-size", "STATED", "Four");
        told(call, "allergy", "OBSERVED", "Nuts");
        told(call, "size", "STATED", "42");
        String later = interaction(DAY.plusSeconds(60));
        told(later, "size", "STATED", "43");

        briefing(customer)
                .then()
                .statusCode(200)
                .body("topics.topic", contains("household", "product"))
                .body("topics[0].facts.key", contains("allergy", "household-size"))
                .body("topics[0].facts.interaction", contains(call, call))
                .body("topics[1].facts.value", contains("43"))
                .body("topics[1].facts.interaction", contains(later))
                .body("dontAskAgain.key", contains("household-size", "size"))
                .body("dontAskAgain.why", contains("STATED", "STATED"))
                .body("dontAskAgain.interaction", contains(call, later));
    }

    @Test
    void what_was_declined_is_not_asked_for_again_and_what_holds_no_more_is_not_known() {
        String call = interaction(DAY);
        Map<String, @Nullable Object> declined = new LinkedHashMap<>();
        declined.put("key", "occasion");
        declined.put("learnt", "STATED");
        declined.put("declined", true);
        tell(call, declined).then().statusCode(201);
        told(call, "household-size", "STATED", "Four");

        briefing(customer)
                .then()
                .body("topics.topic", contains("household"))
                .body("dontAskAgain.key", contains("household-size", "occasion"))
                .body("dontAskAgain[1].why", equalTo("DECLINED"))
                .body("dontAskAgain[1].until", equalTo("2027-02-18T10:00:00Z"));

        shiftable.shift(Duration.ofDays(120));
        briefing(customer).then().body("dontAskAgain.key", contains("household-size"));
        shiftable.shift(Duration.ofDays(2 * 366));
        briefing(customer).then().body("topics", empty()).body("dontAskAgain", empty());
    }

    @Test
    void a_newer_one_that_holds_no_more_does_not_bring_an_older_one_back() {
        told(interaction(DAY), "size", "STATED", "42");
        Map<String, @Nullable Object> brief = new LinkedHashMap<>();
        brief.put("key", "size");
        brief.put("learnt", "STATED");
        brief.put("value", "43, in these boots");
        brief.put("validUntil", DAY.plusSeconds(61).toString());
        tell(interaction(DAY.plusSeconds(60)), brief).then().statusCode(201);

        briefing(customer).then().body("topics", empty());
    }

    @Test
    void how_the_customer_felt_is_that_of_the_last_interaction_that_tells_it() {
        String angry = felt(DAY, Map.of("ANGER", 70, "JOY", 20));
        felt(DAY.minusSeconds(60), Map.of("JOY", 100));
        interaction(DAY.plusSeconds(60));

        briefing(customer)
                .then()
                .body("mood.interaction", equalTo(angry))
                .body("mood.occurredAt", equalTo("2026-11-20T10:00:00Z"))
                .body("mood.emotions.ANGER", equalTo(70))
                .body("mood.emotions.JOY", equalTo(20));
    }

    @Test
    void what_we_have_promised_is_in_it_due_first_until_it_came_out() {
        Instant now = clock.instant();
        String later = PromisesApi.promised(customer, now.plus(Duration.ofDays(2)));
        String sooner = PromisesApi.promised(customer, now.plus(Duration.ofDays(1)));
        PromisesApi.withdrawn(FactsApi.interaction(customer), "We write.", "Not needed.");

        briefing(customer)
                .then()
                .body("promises.id", contains(sooner, later))
                .body("promises.interaction", hasSize(2))
                .body("promises.state", contains("OPEN", "OPEN"));
        shiftable.shift(Duration.ofHours(36));
        briefing(customer).then().body("promises.id", contains(later));
    }

    @Test
    void preferences_come_as_customer_service_published_them_and_go_with_an_erasure() {
        prefers(2, "tea");
        await().atMost(SOON).until(() -> preferences(customer).equals(List.of("tea")));
        briefing(customer)
                .then()
                .body("preferences[0].key", equalTo("drink"))
                .body("preferences[0].learnt", equalTo("STATED"))
                .body("preferences[0].source", equalTo("crm"));
        agent().get("/interactions/customers/{c}/export", customer.id())
                .then()
                .body("preferences.value", contains("tea"));
        prefers(3, "coffee");
        await().atMost(SOON).until(() -> preferences(customer).equals(List.of("coffee")));

        events.sendErasure(customer.id(), 2);
        await().atMost(SOON).until(() -> briefingById(customer).statusCode() == 410);
    }

    @Test
    void of_customers_who_were_merged_all_is_in_it() {
        Customer member = newCustomer();
        told(interaction(DAY), "size", "STATED", "42");
        FactsApi.told(member, "Four");
        events.sendMerge(member.id(), 2, customer.id());

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                briefing(member)
                                        .then()
                                        .header(
                                                "Content-Location",
                                                endsWith(
                                                        "/interactions/customers/"
                                                                + customer.id()
                                                                + "/briefing"))
                                        .body("customer", equalTo(customer.id().toString()))
                                        .body("members", hasSize(2))
                                        .body("topics.topic", contains("household", "product")));
    }

    /** However much happened since, and before. */
    @Test
    void how_the_customer_felt_is_one_look_into_an_index() throws SQLException {
        felt(DAY, Map.of("JOY", 100));
        try (Connection connection = Databases.asOwner().connect()) {
            connection.createStatement().execute("SET enable_seqscan = off");
            String last =
                    Moods.LAST.replace(
                            ":customers", "CAST(ARRAY['%s'] AS uuid[])".formatted(customer.id()));
            long few = Buffers.touchedBy(connection, last);
            Databases.asOwner()
                    .execute(
                            """
                            INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign,
                                                     channel, direction, source, source_id)
                            SELECT ?, gen_random_uuid(), now() - n * interval '1 second', now(), 'CALL', 0, 'PHONE',
                                   'INBOUND', 'shop', CAST(n AS text) FROM generate_series(1, 3000) AS n""",
                            customer.id());

            assertThat(Buffers.touchedBy(connection, last)).isLessThan(few + 10);
        }
    }

    private void prefers(long version, String drink) {
        events.send(
                Topic.PROFILES,
                customer.id(),
                version,
                Events.snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON",
                 "identities": [{"source": "shop", "externalId": "%s"}],
                 "preferences": [{"key": "drink", "learnt": "STATED", "kind": "PREFERENCE", "value": "%s",
                                  "source": "crm", "at": "2026-11-20T09:14:05.250Z", "confidence": 1}]}"""
                        .formatted(customer.externalId(), drink));
    }

    private static List<String> preferences(Customer customer) {
        return briefing(customer).path("preferences.value");
    }

    private String interaction(Instant at) {
        return recorded(with(purchase(customer), "occurredAt", at.toString()));
    }

    private String felt(Instant at, Map<String, Integer> emotions) {
        return recorded(
                with(with(purchase(customer), "occurredAt", at.toString()), "emotions", emotions));
    }

    private static String recorded(Map<String, @Nullable Object> interaction) {
        Response made = post(interaction);
        made.then().statusCode(201);
        return made.path("id");
    }

    private static void told(String interaction, String key, String learnt, String value) {
        tell(interaction, Map.of("key", key, "learnt", learnt, "value", value))
                .then()
                .statusCode(201);
    }

    private static Response tell(String interaction, Object fact) {
        return agent().header("Idempotency-Key", newId())
                .contentType("application/json")
                .body(fact)
                .post("/interactions/{i}/facts", interaction);
    }

    private static Response briefing(Customer customer) {
        return agent().get("/interactions/customers/{c}/briefing", customer.name());
    }

    private static Response briefingById(Customer customer) {
        return agent().get("/interactions/customers/{c}/briefing", customer.id());
    }
}
