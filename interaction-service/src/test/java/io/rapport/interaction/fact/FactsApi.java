package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.awaitility.Awaitility.await;

import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts as callers tell, read, correct and forget them. */
public final class FactsApi {

    static final Duration SOON = Duration.ofSeconds(20);

    /** A key that is built in; what is told under it holds for two years. */
    static final String KEY = "household-size";

    private FactsApi() {}

    /** The id of a new interaction of the customer, of the 20th of November 2026. */
    public static String interaction(Customer customer) {
        return interaction(customer, Instant.parse("2026-11-20T09:14:05.250Z"));
    }

    static String interaction(Customer customer, Instant at) {
        return interaction(with(purchase(customer), "occurredAt", at.toString()));
    }

    static String interaction(Map<String, @Nullable Object> told) {
        Response made = post(told);
        made.then().statusCode(201);
        return made.path("id");
    }

    /** A fact that the customer stated, to be changed by a test. */
    static Map<String, @Nullable Object> stated(String key, String value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("key", key);
        members.put("learnt", "STATED");
        members.put("value", value);
        return members;
    }

    static Response tell(String interaction, Object fact) {
        return tell(agent(), newId(), interaction, fact);
    }

    static Response tell(RequestSpecification caller, String key, String interaction, Object fact) {
        return caller.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(fact)
                .post("/interactions/{interaction}/facts", interaction);
    }

    /** The id of a new fact, which the customer told in an interaction of its own. */
    public static String told(Customer customer, String value) {
        return told(interaction(customer), KEY, value);
    }

    /** The same in this interaction, under this key. */
    public static String told(String interaction, String key, String value) {
        Response told = tell(interaction, stated(key, value));
        told.then().statusCode(201);
        return told.path("id");
    }

    public static Response read(String fact) {
        return agent().get("/interactions/facts/{fact}", fact);
    }

    static Response versions(String fact) {
        return agent().get("/interactions/facts/{fact}/versions", fact);
    }

    /** Corrects this version; the reason is that it was misheard. */
    public static Response correct(String fact, int version, String value) {
        return correct(
                newId(), fact, Map.of("version", version, "reason", "Misheard.", "value", value));
    }

    static Response correct(String key, String fact, Object correction) {
        return as(Tokens.builder().roles("agent").subject("agent-1").sign())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(correction)
                .post("/interactions/facts/{fact}/corrections", fact);
    }

    static Response forget(String fact) {
        return agent().post("/interactions/facts/{fact}/forget", fact);
    }

    static List<String> ids(String customer) {
        return agent().get("/interactions/customers/{customer}/facts", customer).path("items.id");
    }

    /** What an independent reader finds of the customer's facts, when there are so many. */
    static List<Message> events(UUID customer, int count) {
        return events(customer, "interaction.fact-", count);
    }

    static List<Message> repetitions(UUID customer, int count) {
        return events(customer, "interaction.context-repeated.", count);
    }

    /** The same of events whose types begin so. */
    static List<Message> events(UUID customer, String types, int count) {
        try (Topics topics = Topics.ofSuite()) {
            return await().atMost(SOON)
                    .until(
                            () ->
                                    topics.readAll(Topic.INTERACTIONS, customer).stream()
                                            .filter(event -> type(event).startsWith(types))
                                            .toList(),
                            events -> events.size() >= count);
        }
    }

    static String type(Message event) {
        return event.header("ce_type");
    }
}
