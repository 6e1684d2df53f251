package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An identity that moves from one customer to another, and what does not move with it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdentityMoveTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject IdentityConfig config;

    private final String externalId = newExternalId();
    private UUID from;
    private UUID to;

    @BeforeEach
    void make() {
        from = known(externalId);
        to = registered("{}");
    }

    @Test
    void the_identity_names_the_other_customer_from_then_on() {
        String before = get(from).header("ETag");
        String target = get(to).header("ETag");

        move(externalId, to)
                .then()
                .statusCode(200)
                .body("identity.source", equalTo("shop"))
                .body("identity.externalId", equalTo(externalId))
                .body("from", equalTo(from.toString()))
                .body("to", equalTo(to.toString()));

        getBy(agent(), "shop", externalId).then().body("id", equalTo(to.toString()));
        get(from).then().header("ETag", not(before)).body("identities.size()", equalTo(0));
        get(to).then()
                .header("ETag", not(target))
                .body("identities.externalId", equalTo(List.of(externalId)));
    }

    @Test
    void an_upsert_under_the_identity_then_changes_the_new_customer() {
        move(externalId, to).then().statusCode(200);

        put("shop", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(200)
                .body("id", equalTo(to.toString()));
        get(from).then().body("$", not(hasKey("givenName")));
    }

    @Test
    void both_customers_tell_of_it_in_one_transaction() throws Exception {
        move(externalId, to).then().statusCode(200);

        try (Topics topics = Topics.ofSuite()) {
            for (UUID customer : List.of(from, to)) {
                Message event = last(topics, Topic.CUSTOMERS, customer, 2);
                assertThat(event.header("ce_type")).isEqualTo("customer.changed.v1");
                assertThat(event.header("ce_customersequence")).isEqualTo("2");
                assertThat(json(event)).isEqualTo(JSON.readTree("{\"paths\": [\"/identities\"]}"));
                assertThat(event.value()).doesNotContain(externalId);
            }
            Message left = last(topics, Topic.PROFILES, from, 2);
            Message got = last(topics, Topic.PROFILES, to, 2);
            assertThat(left.header("ce_version")).isEqualTo("2");
            assertThat(got.header("ce_version")).isEqualTo("2");
            assertThat(json(left).path("identities")).isEmpty();
            assertThat(json(got).at("/identities/0/externalId").asText()).isEqualTo(externalId);
            assertThat(left.header("ce_correlationid")).isNotEmpty();
        }
    }

    @Test
    void a_dry_run_counts_what_stays_and_changes_nothing() throws Exception {
        facts();
        long outbox = sequence(from) + sequence(to);

        Response dry = move(agent().queryParam("dryRun", "true"), externalId, to);

        staysAsTold(dry);
        getBy(agent(), "shop", externalId).then().body("id", equalTo(from.toString()));
        assertThat(sequence(from) + sequence(to)).isEqualTo(outbox);
    }

    @Test
    void facts_stay_with_the_customer_they_arrived_on() {
        facts();

        staysAsTold(move(externalId, to));

        context(from)
                .then()
                .body("interactions.count", equalTo(1))
                .body("loyalty.balance", equalTo(37))
                .body("feedback.count", equalTo(1));
        context(to)
                .then()
                .body("interactions.count", equalTo(0))
                .body("loyalty.balance", equalTo(0))
                .body("feedback.count", equalTo(0));
    }

    private void facts() {
        try (Events events = Events.ofSuite()) {
            events.sendSample(Topic.INTERACTIONS, from, 1, "interaction.recorded.v1");
            events.sendSample(Topic.LOYALTY, from, 1, "loyalty.points-earned.v1");
            events.sendSample(Topic.FEEDBACK, from, 1, "feedback.received.v1");
        }
        await().atMost(LIMIT)
                .until(() -> context(from).path("sources.sequence").equals(List.of(1, 1, 1, 1)));
    }

    private void staysAsTold(Response answer) {
        answer.then()
                .statusCode(200)
                .body("from", equalTo(from.toString()))
                .body("to", equalTo(to.toString()))
                .body("stays.interactions.count", equalTo(1))
                .body("stays.interactions.purchases[0].count", equalTo(1))
                .body("stays.interactions.purchases[0].sum", equalTo("37.80"))
                .body("stays.loyalty.balance", equalTo(37))
                .body("stays.feedback.count", equalTo(1))
                .body("stays.sources.sequence", equalTo(List.of(1, 1, 1, 1)));
    }

    @Test
    void a_repeated_request_moves_once() throws Exception {
        String key = UUID.randomUUID().toString();
        move(agent().header("Idempotency-Key", key), externalId, to).then().statusCode(200);
        move(agent().header("Idempotency-Key", key), externalId, to)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("from", equalTo(from.toString()));
        move(agent().header("Idempotency-Key", key), externalId, registered("{}"))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));

        assertThat(sequence(to)).isEqualTo(2);
        move(agent(), externalId, from)
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void what_cannot_be_moved_is_refused_with_its_reason(String dryRun) throws Exception {
        refused(dryRun, externalId, from, 409, "identity-is-there");
        refused(dryRun, externalId, "shop:" + externalId, 409, "identity-is-there");
        refused(dryRun, externalId, UUID.randomUUID(), 404, "unknown-customer");
        refused(dryRun, externalId, "shop:nobody", 404, "unknown-customer");
        refused(dryRun, newExternalId(), to, 404, "unknown-customer");
        refused(dryRun, externalId, "login:abc", 400, "source-is-reserved");
        refused(dryRun, externalId, "nobody", 400, "invalid-customer-reference");
        refused(dryRun, "ada@example.org", to, 400, "external-id-is-contact-data");
        refused(dryRun, externalId, made("MERGED"), 409, "customer-merged");
        refused(dryRun, externalId, made("ERASED"), 410, "customer-erased");
        refused(dryRun, externalId, full(), 409, "too-many-identities");
        becomes(from, "MERGED");
        refused(dryRun, externalId, to, 409, "customer-merged");
        becomes(from, "ERASED");
        refused(dryRun, externalId, to, 410, "customer-erased");

        assertThat(sequence(to)).isEqualTo(1);
    }

    private static void refused(
            String dryRun, String externalId, Object target, int status, String code) {
        RequestSpecification caller =
                agent().queryParam("dryRun", dryRun)
                        .header("Idempotency-Key", UUID.randomUUID().toString());
        move(caller, externalId, target)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | /customer",
                "{\"customer\": null}             | /customer",
                "{\"customer\": 7}                | /customer",
                "{\"customer\": \"a\", \"x\": 1}  | /customer",
            })
    void a_body_that_names_no_target_is_refused(String body, String pointer) {
        agent().header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json")
                .body(body)
                .post("/customers/by/shop/{externalId}/move", externalId)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void a_dry_run_that_is_neither_true_nor_false_moves_nothing() {
        RequestSpecification caller =
                agent().queryParam("dryRun", "yes")
                        .header("Idempotency-Key", UUID.randomUUID().toString());
        move(caller, externalId, to)
                .then()
                .statusCode(400)
                .body("errors[0].parameter", equalTo("dryRun"));
        getBy(agent(), "shop", externalId).then().body("id", equalTo(from.toString()));
    }

    private static Response context(UUID customer) {
        return agent().get("/customers/{customer}/context", customer);
    }

    private static UUID made(String status) throws Exception {
        UUID customer = registered("{}");
        becomes(customer, status);
        return customer;
    }

    private static void becomes(UUID customer, String status) throws Exception {
        Databases.asOwner()
                .execute("UPDATE customer SET status = ? WHERE id = ?", status, customer);
    }

    private UUID full() throws Exception {
        UUID customer = registered("{}");
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_identity (source, external_id, customer_id)
                        SELECT 'bulk', ? || n, CAST(? AS uuid) FROM generate_series(1, ?) AS n
                        """,
                        newExternalId(),
                        customer.toString(),
                        config.perCustomer());
        return customer;
    }

    private static long sequence(UUID customer) throws Exception {
        return Databases.asOwner()
                .number("SELECT last FROM customer_sequence WHERE customer_id = ?", customer);
    }

    /** The last of the customer's records, once there are so many. */
    private static Message last(Topics topics, Topic topic, UUID customer, int count) {
        List<Message> found =
                await().atMost(LIMIT)
                        .until(
                                () -> topics.readAll(topic, customer),
                                records -> records.size() >= count);
        assertThat(found).hasSize(count);
        return found.getLast();
    }

    private static JsonNode json(Message message) throws Exception {
        return JSON.readTree(message.value());
    }
}
