package io.rapport.interaction;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API as callers use it; each test makes a customer of its own instead of cleaning up. */
public final class InteractionsApi {

    /** A customer of the source "shop". */
    public record Customer(UUID id, String externalId) {
        public String name() {
            return "shop:" + externalId;
        }
    }

    /** One for all customers: to open it takes longer than many a test. */
    private static final Events EVENTS = Events.ofSuite();

    private InteractionsApi() {}

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    public static RequestSpecification agent() {
        return as(Tokens.agent());
    }

    /**
     * Makes a customer, as customer-service would, and waits until interaction-service knows of it.
     */
    public static Customer newCustomer() {
        Customer customer = new Customer(Ids.next(), newId());
        register(customer);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> list(customer.name()).statusCode() == 200);
        return customer;
    }

    public static void register(Customer customer) {
        EVENTS.send(
                Topic.CUSTOMERS,
                customer.id(),
                1,
                "customer.registered.v1",
                "{\"kind\": \"PERSON\"}");
        EVENTS.send(
                Topic.PROFILES,
                customer.id(),
                1,
                Events.snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON",
                 "identities": [{"source": "shop", "externalId": "%s"}]}"""
                        .formatted(customer.externalId()));
    }

    /** Something that nobody has used as an id before. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A purchase of the customer as JSON values, to be changed by a test. */
    public static Map<String, @Nullable Object> purchase(Customer customer) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("customer", customer.name());
        members.put("source", "shop");
        members.put("sourceId", newId());
        members.put("type", "PURCHASE");
        members.put("channel", "WEB");
        members.put("direction", "INBOUND");
        members.put("touchpoint", "checkout");
        members.put("amount", Map.of("amount", "12.50", "currency", "GBP"));
        members.put("occurredAt", "2026-11-20T09:14:05.250Z");
        return members;
    }

    /** The same with all that an interaction of a type without a schema can tell. */
    public static Map<String, @Nullable Object> served(Map<String, @Nullable Object> interaction) {
        Map<String, @Nullable Object> served = new LinkedHashMap<>(interaction);
        served.put("employee", "emp-0042");
        served.put("team", "first-line");
        served.put("reference", Map.of("kind", "ORDER", "value", "536365"));
        served.put("device", "tablet");
        served.put("place", "Leeds, Briggate");
        served.put("emotions", Map.of("ANGER", 70, "JOY", 20));
        served.put("outcome", "SOLVED");
        served.put("duration", "PT4M30.250S");
        served.put("wait", "PT45S");
        return served;
    }

    public static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> interaction, String member, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(interaction);
        changed.put(member, value);
        return changed;
    }

    public static Response post(Object interaction) {
        return post(agent(), interaction);
    }

    public static Response post(RequestSpecification caller, Object interaction) {
        return caller.contentType(ContentType.JSON).body(interaction).post("/interactions");
    }

    public static Response list(String customer) {
        return agent().queryParam("customer", customer).get("/interactions");
    }

    public static Response get(String id) {
        return agent().get("/interactions/{id}", id);
    }

    public static Response batch(String... lines) {
        return batch(agent(), lines);
    }

    public static Response batch(RequestSpecification caller, String... lines) {
        return caller.contentType("application/x-ndjson")
                .body(
                        Arrays.stream(lines)
                                .map(line -> line + "\n")
                                .reduce("", String::concat)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/interactions/batch");
    }
}
