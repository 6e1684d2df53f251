package io.rapport.interaction.correction;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.correction.CorrectionsApi.content;
import static io.rapport.interaction.correction.CorrectionsApi.correct;
import static io.rapport.interaction.correction.CorrectionsApi.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded wrongly is corrected by a new version, and stays readable. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CorrectionTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void the_newest_version_is_what_is_read_and_the_older_ones_stay_readable() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(served(purchase(customer)), "text", "As it was.");
        Response recorded = post(told);
        String id = recorded.path("id");

        Response answer =
                correct(
                        id,
                        Map.of(
                                "version", 1,
                                "reason", "It was another order.",
                                "text", "As it is.",
                                "reference", Map.of("kind", "ORDER", "value", "536366"),
                                "outcome", "FORWARDED"));

        answer.then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("text", equalTo("As it is."))
                .body("reference.value", equalTo("536366"))
                .body("outcome", equalTo("FORWARDED"))
                .body("amount", equalTo(recorded.<Map<?, ?>>path("amount")))
                .body("recordedAt", equalTo(recorded.path("recordedAt")))
                .body("$", not(hasKey("employee")))
                .body("$", not(hasKey("touchpoint")));
        assertThat(get(id).asString()).isEqualTo(answer.asString());
        list(customer.name())
                .then()
                .body("items", hasSize(1))
                .body("items[0].version", equalTo(2))
                .body("items[0].outcome", equalTo("FORWARDED"));
        Response versions = versions(id);
        versions.then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .body("items[0].reason", equalTo("It was another order."))
                .body("items[0].actor", equalTo("agent-1"))
                .body("items[0].text", equalTo("As it is."))
                .body("items[1]", not(hasKey("reason")))
                .body("items[1].text", equalTo("As it was."))
                .body("items[1].employee", equalTo("emp-0042"))
                .body("items[1].place", equalTo("Leeds, Briggate"))
                .body("items[1].recordedAt", equalTo(recorded.path("recordedAt")));
        post(told).then().statusCode(200).body("version", equalTo(2));
        agent().get("/interactions/customers/{customer}/export", customer.name())
                .then()
                .body("interactions.version", contains(2))
                .body("versions.version", contains(2, 1))
                .body("versions[1].text", equalTo("As it was."))
                .body("versions[0]", not(hasKey("actor")));
    }

    @Test
    void everybody_learns_what_it_says_now_by_an_event_as_its_sample_says() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = served(purchase(customer));
        String id = post(told).path("id");
        Map<String, @Nullable Object> corrected = content(told);
        corrected.put("outcome", "NOT_SOLVED");
        corrected.put("place", "MARKED place");
        correct(id, corrected).then().statusCode(200);

        Message event =
                await().atMost(SOON)
                        .until(() -> events(customer), messages -> messages.size() == 1)
                        .getFirst();

        String payload = Objects.requireNonNull(event.value());
        Samples.assertSameShape("interaction.corrected.v1", payload);
        assertThat(event.header("ce_customersequence")).isEqualTo("2");
        assertThat(payload)
                .contains("\"paths\":[\"/outcome\",\"/place\"]", "\"outcome\":\"NOT_SOLVED\"")
                .doesNotContain("MARKED", "Because");
    }

    /**
     * The row of customer_sequence holds the customer, then the version in the interaction's row
     * decides, and behind it the primary key interaction_version_is_replaced_once.
     */
    @Test
    void of_many_who_correct_the_same_version_one_does() throws SQLException {
        Customer customer = newCustomer();
        String id = post(purchase(customer)).path("id");

        List<Integer> statuses =
                AtOnce.run(
                        16,
                        caller ->
                                correct(
                                                id,
                                                Map.of(
                                                        "version",
                                                        1,
                                                        "reason",
                                                        "Because",
                                                        "subject",
                                                        "Caller " + caller))
                                        .statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        versions(id).then().body("items.version", contains(2, 1));
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT last FROM customer_sequence WHERE customer_id = ?",
                                        customer.id()))
                .isEqualTo(2);
    }

    @Test
    void the_same_key_corrects_once() {
        String id = post(purchase(newCustomer())).path("id");
        Map<String, @Nullable Object> correction = new LinkedHashMap<>();
        correction.put("version", 1);
        correction.put("reason", "Because");
        correction.put("subject", "Once");
        String key = newId();

        Response first = correct(key, id, correction);
        Response again = correct(key, id, correction);

        first.then().statusCode(200);
        again.then().statusCode(200).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        correction.put("subject", "Twice");
        correct(key, id, correction).then().statusCode(422);
        correct(newId(), id, correction)
                .then()
                .statusCode(409)
                .body("code", equalTo("not-the-newest-version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE interaction_version SET team = 'other'",
                "DELETE FROM interaction_version",
                "INSERT INTO interaction_version (customer_id, interaction_id, version, replaced_at) SELECT customer_id, id, 1, now() FROM interaction",
                "UPDATE interaction_version_text SET text = 'other'",
                "UPDATE interaction SET version = 1",
            })
    void the_service_itself_cannot_change_what_was_said(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState())
                .isEqualTo("42501");
    }

    @Test
    void an_erasure_takes_what_all_versions_said_and_leaves_their_figures() throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + newId();
        String id = post(with(served(purchase(customer)), "place", "First " + mark)).path("id");
        correct(id, Map.of("version", 1, "reason", "Said " + mark, "place", "Second " + mark))
                .then()
                .statusCode(200);
        correct(id, Map.of("version", 2, "reason", "Again " + mark, "text", mark))
                .then()
                .statusCode(200);
        assertThat(Holdings.of(mark)).contains("interaction_text", "interaction_version_text");

        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        await().atMost(SOON).until(() -> get(id).statusCode() == 410);
        await().atMost(SOON).untilAsserted(() -> assertThat(Holdings.of(mark)).isEmpty());

        versions(id).then().statusCode(410);
        correct(id, Map.of("version", 3, "reason", "Because", "text", mark)).then().statusCode(410);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM interaction_version WHERE customer_id = ?",
                                        customer.id()))
                .isEqualTo(2);
    }

    /** The row of customer_sequence, which each correction and the erasure lock, holds it. */
    @Test
    void what_is_corrected_while_the_customer_is_erased_is_erased_too_or_refused()
            throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + newId();
        List<String> ids =
                Stream.generate(() -> post(purchase(customer)).<String>path("id"))
                        .limit(5)
                        .toList();

        List<Integer> statuses =
                AtOnce.run(
                        6,
                        caller -> {
                            if (caller == 0) {
                                try (Events events = Events.ofSuite()) {
                                    events.sendErasure(customer.id(), 2);
                                }
                                return 410;
                            }
                            int last = 0;
                            for (int version = 1; version <= 10; version++) {
                                last =
                                        correct(
                                                        ids.get(caller - 1),
                                                        Map.of(
                                                                "version", version,
                                                                "reason", "Said " + mark,
                                                                "text", version + " " + mark))
                                                .statusCode();
                                assertThat(last).isIn(200, 410);
                            }
                            return last;
                        });
        await().atMost(SOON).until(() -> get(ids.getFirst()).statusCode() == 410);

        assertThat(statuses).hasSize(6);
        await().atMost(SOON).untilAsserted(() -> assertThat(Holdings.of(mark)).isEmpty());
    }

    /** Directory and reaction are consumers of their own: the reaction may be ahead. */
    @Test
    void what_has_begun_to_be_erased_is_not_corrected() throws SQLException {
        Customer customer = newCustomer();
        String id = post(purchase(customer)).path("id");
        Databases.asOwner()
                .execute(
                        "UPDATE customer_sequence SET erased = true WHERE customer_id = ?",
                        customer.id());
        Databases.asOwner()
                .execute(
                        "UPDATE interaction SET source_id = NULL WHERE customer_id = ?",
                        customer.id());

        correct(id, Map.of("version", 1, "reason", "Because", "text", "Other"))
                .then()
                .statusCode(410)
                .body("code", equalTo("customer-erased"));
    }

    private static List<Message> events(Customer customer) {
        try (Topics topics = Topics.ofSuite()) {
            return topics.readAll(Topic.INTERACTIONS, customer.id()).stream()
                    .filter(message -> message.header("ce_type").equals("interaction.corrected.v1"))
                    .toList();
        }
    }
}
