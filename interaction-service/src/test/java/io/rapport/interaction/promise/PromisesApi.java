package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.awaitility.Awaitility.await;

import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Promises as callers make, read and settle them. */
public final class PromisesApi {

    static final Duration SOON = Duration.ofSeconds(20);

    private PromisesApi() {}

    /** The id of a new interaction of the customer. */
    static String interaction(Customer customer) {
        Response made = post(purchase(customer));
        made.then().statusCode(201);
        return made.path("id");
    }

    /** A promise to call back, to be changed by a test. */
    static Map<String, @Nullable Object> callBack(Instant due) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("kind", "CALL_BACK");
        members.put("text", "We call back.");
        members.put("team", "support");
        members.put("employee", "person-17");
        members.put("dueAt", due.toString());
        return members;
    }

    static Response make(String interaction, Object promise) {
        return make(agent(), newId(), interaction, promise);
    }

    static Response make(
            RequestSpecification caller, String key, String interaction, Object promise) {
        return caller.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(promise)
                .post("/interactions/{interaction}/promises", interaction);
    }

    /** The id of a new promise, which the customer got in an interaction of its own. */
    public static String promised(Customer customer, Instant due) {
        return promised(customer, "We call back.", due);
    }

    /** The same in these words. */
    public static String promised(Customer customer, String text, Instant due) {
        Response made = make(interaction(customer), with(callBack(due), "text", text));
        made.then().statusCode(201);
        return made.path("id");
    }

    /** Somebody promises that in the interaction, and withdraws it for that reason. */
    public static void withdrawn(String interaction, String text, String reason) {
        Instant due = Clock.systemUTC().instant().plusSeconds(86_400);
        Response made = make(interaction, with(callBack(due), "text", text));
        made.then().statusCode(201);
        settle(made.path("id"), Map.of("outcome", "WITHDRAWN", "reason", reason))
                .then()
                .statusCode(200);
    }

    static Response read(String promise) {
        return agent().get("/interactions/promises/{promise}", promise);
    }

    static Response settle(String promise, String outcome) {
        return settle(promise, Map.of("outcome", outcome));
    }

    static Response settle(String promise, Object settlement) {
        return agent().contentType(ContentType.JSON)
                .body(settlement)
                .post("/interactions/promises/{promise}/outcome", promise);
    }

    static List<String> ids(String customer, @Nullable String state) {
        RequestSpecification request = agent();
        if (state != null) {
            request.queryParam("state", state);
        }
        return request.get("/interactions/customers/{customer}/promises", customer)
                .path("items.id");
    }

    /** What an independent reader finds of the customer's promises, when there are so many. */
    static List<Message> told(UUID customer, int count) {
        return told(customer, "interaction.promise-", count);
    }

    /** The same of events whose types begin so. */
    static List<Message> told(UUID customer, String types, int count) {
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
