package io.rapport.interaction.briefing;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever looks before asking is told what is known; who asks all the same is noticed. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AskTest {

    private static final String REPEATED = "interaction.context-repeated.v1";
    private static final String KEY = "household-size";

    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @Test
    void what_is_not_known_is_to_be_asked_for() {
        ask(customer, Map.of("key", KEY))
                .then()
                .statusCode(200)
                .body("key", equalTo(KEY))
                .body("topic", equalTo("household"))
                .body("kind", equalTo("CIRCUMSTANCE"))
                .body("known", equalTo(false))
                .body("ask", equalTo(true))
                .body("why", equalTo("UNKNOWN"))
                .body("repeated", equalTo(false))
                .body("$", not(hasKey("fact")));
    }

    @ParameterizedTest
    @CsvSource({"STATED, STATED, false", "OBSERVED, UNSURE, true", "INFERRED, UNSURE, true"})
    void what_is_known_is_answered_with_its_interaction_and_asked_for_if_it_is_unsure(
            String learnt, String why, boolean ask) {
        String interaction = interaction();
        tell(interaction, Map.of("key", KEY, "learnt", learnt, "value", "Four"));

        ask(customer, Map.of("key", KEY))
                .then()
                .statusCode(200)
                .body("known", equalTo(true))
                .body("ask", equalTo(ask))
                .body("why", equalTo(why))
                .body("fact.value", equalTo("Four"))
                .body("fact.interaction", equalTo(interaction));
    }

    @Test
    void what_was_declined_is_not_asked_for_and_not_known() {
        tell(interaction(), Map.of("key", KEY, "learnt", "STATED", "declined", true));

        ask(customer, Map.of("key", KEY))
                .then()
                .body("known", equalTo(false))
                .body("ask", equalTo(false))
                .body("why", equalTo("DECLINED"));
    }

    @Test
    void who_only_looks_notes_nothing() throws SQLException {
        tell(interaction(), Map.of("key", KEY, "learnt", "STATED", "value", "Four"));

        ask(customer, Map.of("key", KEY)).then().body("repeated", equalTo(false));

        assertThat(occasions()).isEqualTo(1);
    }

    @Test
    void who_asks_in_an_interaction_for_what_was_stated_makes_the_customer_repeat_it() {
        tell(interaction(), Map.of("key", KEY, "learnt", "STATED", "value", "Four MARKED"));
        String later = interaction("2026-11-21T10:00:00Z");
        Map<String, Object> asked = Map.of("key", KEY, "interaction", later);

        ask(customer, asked).then().statusCode(200).body("repeated", equalTo(true));
        ask(customer, asked).then().statusCode(200).body("repeated", equalTo(true));
        // The same in one interaction is one repetition, whoever notes it first.
        tell(later, Map.of("key", KEY, "learnt", "STATED", "value", "Four MARKED"));
        ask(customer, Map.of("key", "size", "interaction", later))
                .then()
                .body("repeated", equalTo(false));
        tell(later, Map.of("key", "occasion", "learnt", "STATED", "value", "A birthday"));

        List<Message> all =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () -> messages(customer),
                                found ->
                                        String.valueOf(found.getLast().value())
                                                .contains("occasion"));
        List<Message> repeated =
                all.stream().filter(one -> one.header("ce_type").equals(REPEATED)).toList();
        assertThat(repeated).hasSize(1);
        String payload = Objects.requireNonNull(repeated.getFirst().value());
        assertThat(payload)
                .contains("\"how\":\"ASKED\"", later)
                .doesNotContain("MARKED", "\"team\"");
        assertThat(repeated.getFirst().header("ce_time")).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void what_was_declined_and_is_asked_for_all_the_same_is_repeated_too() {
        tell(interaction(), Map.of("key", KEY, "learnt", "STATED", "declined", true));
        tell(interaction(), Map.of("key", "size", "learnt", "INFERRED", "value", "42"));
        String later = interaction("2026-11-21T10:00:00Z");

        ask(customer, Map.of("key", KEY, "interaction", later))
                .then()
                .body("repeated", equalTo(true));
        ask(customer, Map.of("key", "size", "interaction", later))
                .then()
                .body("repeated", equalTo(false));
    }

    /** The row of customer_sequence, and the primary key fact_occasion_is_one. */
    @Test
    void of_many_who_note_it_at_once_one_does() throws SQLException {
        tell(interaction(), Map.of("key", KEY, "learnt", "STATED", "value", "Four"));
        String later = interaction("2026-11-21T10:00:00Z");

        List<Boolean> repeated =
                AtOnce.run(
                        12,
                        caller ->
                                ask(customer, Map.of("key", KEY, "interaction", later))
                                        .path("repeated"));

        assertThat(repeated).containsOnly(true);
        assertThat(occasions()).isEqualTo(2);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT last FROM customer_sequence WHERE customer_id = ?",
                                        customer.id()))
                .isEqualTo(4);
    }

    @Test
    void what_cannot_be_asked_is_refused_at_its_place() {
        String theirs = post(purchase(newCustomer())).path("id");
        Map<String, @Nullable Object> none = new LinkedHashMap<>();

        ask(customer, none).then().statusCode(400).body("errors.pointer", hasItem("/key"));
        ask(customer, Map.of("key", "shoe-colour"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-question"))
                .body("errors.pointer", hasItem("/key"));
        ask(customer, Map.of("key", KEY, "interaction", theirs))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/interaction"));
        ask(customer, Map.of("key", KEY, "interaction", newId()))
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-interaction"));
        agent().contentType(ContentType.JSON)
                .body(Map.of("key", KEY))
                .post("/interactions/customers/{c}/briefing/ask", newId())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    200, 200",
        "manager,  200, 200",
        "admin,    200, 403",
        "partner,  403, 403",
        "customer, 403, 403",
        "nobody,   403, 403",
    })
    void each_role_does_what_is_its_own(String role, int read, int ask) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();

        as(token)
                .get("/interactions/customers/{c}/briefing", customer.name())
                .then()
                .statusCode(read);
        ask(as(token), customer, Map.of("key", KEY)).then().statusCode(ask);
    }

    private String interaction() {
        return interaction("2026-11-20T10:00:00Z");
    }

    private String interaction(String at) {
        Response made = post(with(purchase(customer), "occurredAt", at));
        made.then().statusCode(201);
        return made.path("id");
    }

    private static void tell(String interaction, Map<String, Object> fact) {
        agent().header("Idempotency-Key", newId())
                .contentType(ContentType.JSON)
                .body(fact)
                .post("/interactions/{i}/facts", interaction)
                .then()
                .statusCode(201);
    }

    private static Response ask(Customer customer, Object question) {
        return ask(agent(), customer, question);
    }

    private static Response ask(RequestSpecification caller, Customer customer, Object question) {
        return caller.contentType(ContentType.JSON)
                .body(question)
                .post("/interactions/customers/{c}/briefing/ask", customer.name());
    }

    private static List<Message> messages(Customer customer) {
        try (Topics topics = Topics.ofSuite()) {
            return topics.readAll(Topic.INTERACTIONS, customer.id());
        }
    }

    private long occasions() throws SQLException {
        return Databases.asOwner()
                .number("SELECT count(*) FROM fact_occasion WHERE customer_id = ?", customer.id());
    }
}
