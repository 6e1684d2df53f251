package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.interaction.InteractionsApi;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How agents work with threads. Turns are calls of 2026-11-20, at the minutes that a test says. */
public final class ThreadsApi {

    private ThreadsApi() {}

    /** A call of the customer, so that it is our turn. */
    public static Map<String, @Nullable Object> call(Customer customer, int minute) {
        return turn(customer, "INBOUND", minute);
    }

    public static Map<String, @Nullable Object> turn(
            Customer customer, String direction, int minute) {
        Map<String, @Nullable Object> call = new LinkedHashMap<>(purchase(customer));
        call.put("type", "CALL");
        call.put("amount", null);
        call.put("direction", direction);
        call.put("occurredAt", "2026-11-20T09:%02d:00Z".formatted(minute));
        return call;
    }

    public static String recorded(Map<String, @Nullable Object> interaction) {
        Response answer = InteractionsApi.post(interaction);
        answer.then().statusCode(201);
        return answer.path("id");
    }

    /** A new thread with a call of the customer at this minute. */
    public static String opened(Customer customer, int minute) {
        return open(recorded(call(customer, minute))).path("id");
    }

    public static Response open(String interaction) {
        return post(newId(), "", Map.of("interaction", interaction));
    }

    public static Response add(String thread, String interaction) {
        return post(newId(), "/" + thread + "/interactions", Map.of("interaction", interaction));
    }

    /** Records a turn and puts it into the thread; answers the interaction's id. */
    public static String added(String thread, Map<String, @Nullable Object> turn) {
        String interaction = recorded(turn);
        add(thread, interaction).then().statusCode(200);
        return interaction;
    }

    public static Response merge(String into, String other) {
        return post(newId(), "/" + into + "/merges", Map.of("thread", other));
    }

    public static Response split(String thread, String... interactions) {
        return post(newId(), "/" + thread + "/splits", Map.of("interactions", interactions));
    }

    public static Response undo(String thread, String operation) {
        return commander()
                .header("Idempotency-Key", newId())
                .post("/interactions/threads/{id}/operations/{operation}/undo", thread, operation);
    }

    public static Response operations(String thread) {
        return agent().get("/interactions/threads/{id}/operations", thread);
    }

    public static Response thread(String id) {
        return agent().get("/interactions/threads/{id}", id);
    }

    public static String status(String thread) {
        Response answer = thread(thread);
        answer.then().statusCode(200);
        return answer.path("status");
    }

    /** Sets the status of the thread as it is now. */
    public static Response turn(String thread, String status) {
        return turn(thread, status, thread(thread).header("ETag"));
    }

    public static Response turn(String thread, String status, @Nullable String ifMatch) {
        RequestSpecification caller = commander().contentType(ContentType.JSON);
        return (ifMatch == null ? caller : caller.header("If-Match", ifMatch))
                .body(Map.of("status", status))
                .put("/interactions/threads/{id}/status", thread);
    }

    public static Response threads(String customer) {
        return agent().queryParam("customer", customer).get("/interactions/threads");
    }

    /** The ids of what the customer's timeline shows of the thread, newest first. */
    public static List<String> shown(Customer customer, String thread) {
        Response page =
                agent().queryParam("customer", customer.id())
                        .queryParam("thread", thread)
                        .get("/interactions");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.path("items.id");
    }

    public static Response post(String key, String path, Object body) {
        return commander()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/interactions/threads" + path);
    }

    private static RequestSpecification commander() {
        return as(Tokens.builder().roles("agent").subject("agent-1").sign());
    }
}
