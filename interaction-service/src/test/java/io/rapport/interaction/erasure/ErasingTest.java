package io.rapport.interaction.erasure;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.register;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.type.VocabularyApi.make;
import static io.rapport.interaction.type.VocabularyApi.newWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.interaction.fact.FactsApi;
import io.rapport.interaction.promise.PromisesApi;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a customer whom customer-service has erased. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasingTest {

    private static final String CONFIRMED = "interaction.customer-erased.v1";
    private static final String DIRECTORY = "/interactions/projections/directory";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final String mark = "MARK-" + newId();
    private String type = "PURCHASE";
    private final Customer customer = new Customer(Ids.next(), mark);

    @BeforeEach
    void makeType() {
        type = newWord();
        make(
                        "types",
                        type,
                        "{\"label\": \"Named\", \"amountRule\": \"NOT_NEGATIVE\", \"schema\": {}}")
                .then()
                .statusCode(201);
    }

    @AfterEach
    void close() {
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
        String id = registeredWithMarks();
        assertThat(Holdings.of(mark))
                .containsExactlyInAnyOrder(
                        "directory_identity_by_generation",
                        "fact_version_text",
                        "idempotency_key",
                        "interaction",
                        "interaction_claim",
                        "interaction_text",
                        "parked_event",
                        "promise_reason",
                        "promise_text");

        erase(customer.id(), 2);
        awaitConfirmations(customer.id(), 1);

        assertThat(Holdings.of(mark)).isEmpty();
        Map<String, Object> left =
                Databases.asOwner()
                        .rows("SELECT * FROM interaction WHERE id = ?", UUID.fromString(id))
                        .getFirst();
        assertThat(left)
                .containsEntry("type", type)
                .containsEntry("employee", "emp-0042")
                .containsEntry("outcome", "SOLVED")
                .containsEntry("touchpoint", "checkout")
                .containsEntry("source", "shop")
                .doesNotContainKey("source_id");
        events.sendTombstone(Topic.PROFILES, customer.id(), 3);
        int beside = replayDirectory();
        assertThat(Holdings.of(mark)).isEmpty();
        as(Tokens.admin()).delete(DIRECTORY + "/generations/" + beside).then().statusCode(200);
    }

    @Test
    void what_an_independent_reader_finds_is_the_confirmation_as_its_sample_says() {
        register(customer);
        UUID request = erase(customer.id(), 2);

        Message confirmed = awaitConfirmations(customer.id(), 1).getFirst();

        assertThat(confirmed.key()).isEqualTo(customer.id().toString());
        assertThat(confirmed.header("ce_source")).isEqualTo("/rapport/interaction-service");
        assertThat(confirmed.header("ce_subject")).isEqualTo(customer.id().toString());
        assertThat(confirmed.header("ce_causationid")).isEqualTo(request.toString());
        String payload = Objects.requireNonNull(confirmed.value());
        Samples.assertSameShape(CONFIRMED, payload);
        assertThat(payload).contains("\"erasure\":\"" + Events.ERASURE + "\"");
    }

    @Test
    void every_read_and_write_that_names_the_customer_is_refused_from_then_on() {
        String id = registeredWithMarks();
        erase(customer.id(), 2);
        awaitErased(customer);

        refused(list(customer.id().toString()));
        refused(get(id));
        refused(post(with(purchase(customer), "customer", customer.id().toString())));
        list(customer.name()).then().statusCode(404);
        Customer other = newCustomer();
        Response batch =
                batch(
                        json(with(purchase(customer), "customer", customer.id().toString())),
                        json(purchase(other)));
        String[] results = batch.asString().split("\n");
        assertThat(results[0]).contains("\"status\":410", "customer-erased");
        assertThat(results[1]).contains("\"status\":201");
    }

    /** Directory and reaction are consumers of their own: the reaction may be ahead. */
    @Test
    void a_batch_with_somebody_who_is_being_erased_is_recorded_but_for_their_lines()
            throws SQLException {
        register(customer);
        await().atMost(SOON).until(() -> list(customer.name()).statusCode() == 200);
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_sequence (customer_id, last, erased) VALUES (?, 1, true)",
                        customer.id());
        Response batch =
                batch(
                        json(purchase(newCustomer())),
                        json(purchase(customer)),
                        json(purchase(newCustomer())));

        batch.then().statusCode(200);
        assertThat(batch.asString().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":410"),
                        line -> assertThat(line).contains("\"status\":201"));
    }

    /** The row of customer_sequence, which each write and the erasure lock, holds it. */
    @Test
    void what_is_written_while_the_customer_is_erased_is_erased_too_or_refused()
            throws SQLException {
        register(customer);
        await().atMost(SOON).until(() -> list(customer.name()).statusCode() == 200);

        List<Integer> statuses =
                AtOnce.run(
                        6,
                        caller -> {
                            if (caller == 0) {
                                erase(customer.id(), 2);
                                return 0;
                            }
                            int last = 0;
                            for (int i = 0; i < 15; i++) {
                                last =
                                        post(with(marked(), "customer", customer.id().toString()))
                                                .statusCode();
                                assertThat(last).isIn(201, 410);
                            }
                            return last;
                        });
        awaitConfirmations(customer.id(), 1);

        assertThat(statuses).hasSize(6);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    @Test
    void an_erasure_that_comes_twice_early_or_before_its_customer_is_carried_out_once() {
        erase(customer.id(), 2);
        Events.Draft first =
                events.draft(Topic.CUSTOMERS, customer.id(), 1, "customer.registered.v1")
                        .data(Samples.of("customer.registered.v1"));
        first.send();
        first.send();
        // The same again, as the next event: an erasure is carried out once for each customer.
        erase(customer.id(), 3);
        erase(customer.id(), 3);
        Customer unknown = new Customer(Ids.next(), newId());
        erase(unknown.id(), 1);

        awaitConfirmations(unknown.id(), 1);
        awaitErased(customer);
        await().atMost(SOON).until(() -> applied(customer.id()) == 3);
        assertThat(awaitConfirmations(customer.id(), 1)).hasSize(1);
    }

    @Test
    void of_a_merge_each_member_is_erased_by_its_own_event() throws SQLException {
        Customer survivor = newCustomer();
        registeredWithMarks();
        events.sendMerge(customer.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> list(survivor.name()).<List<?>>path("items").size() == 2);

        erase(survivor.id(), 2);
        awaitErased(survivor);
        refused(list(customer.id().toString()));
        erase(customer.id(), 3);

        awaitConfirmations(survivor.id(), 1);
        awaitConfirmations(customer.id(), 1);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    /** Marks in all that callers and customer-service may tell; answers an interaction's id. */
    private String registeredWithMarks() {
        register(customer);
        await().atMost(SOON).until(() -> list(customer.name()).statusCode() == 200);
        Response made = post(marked());
        made.then().statusCode(201);
        assertThat(batch(json(marked())).asString()).contains("\"status\":201");
        PromisesApi.withdrawn(made.path("id"), "Promised " + mark, "Withdrawn for " + mark);
        FactsApi.told(made.path("id"), "size", "42 " + mark);
        events.send(
                Topic.PROFILES,
                customer.id(),
                2,
                Events.snapshotType(Topic.PROFILES),
                "{\"displayName\": \"%s\", \"identities\": 7}".formatted(mark));
        await().atMost(SOON).until(() -> Holdings.of(mark).contains("parked_event"));
        return made.path("id");
    }

    private static String json(Map<String, @Nullable Object> interaction) {
        try {
            return new ObjectMapper().writeValueAsString(interaction);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, @Nullable Object> marked() {
        Map<String, @Nullable Object> told = served(purchase(customer));
        told.put("sourceId", mark + newId());
        told.put("type", type);
        told.put("subject", "About " + mark);
        told.put("text", "Said " + mark);
        told.put("reference", Map.of("kind", "TICKET", "value", mark));
        told.put("device", mark);
        told.put("place", "At " + mark);
        told.put("attributes", Map.of("name", mark));
        return told;
    }

    private UUID erase(UUID who, long sequence) {
        return events.sendErasure(who, sequence);
    }

    private void awaitErased(Customer who) {
        await().atMost(SOON).until(() -> list(who.id().toString()).statusCode() == 410);
        awaitConfirmations(who.id(), 1);
    }

    private List<Message> awaitConfirmations(UUID who, int count) {
        return await().atMost(SOON).until(() -> confirmations(who), told -> told.size() >= count);
    }

    private List<Message> confirmations(UUID who) {
        return topics.readAll(Topic.INTERACTIONS, who).stream()
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

    /** Folds the directory anew, beside the live one. */
    private static int replayDirectory() {
        int beside = as(Tokens.admin()).put(DIRECTORY + "/replay").path("beside");
        await().atMost(SOON)
                .until(() -> as(Tokens.admin()).get(DIRECTORY).<Integer>path("behind") == 0);
        return beside;
    }
}
