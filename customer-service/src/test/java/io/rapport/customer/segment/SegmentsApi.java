package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static org.awaitility.Awaitility.await;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Segments as callers use them; each test makes segments of its own, over values of its own. */
public final class SegmentsApi {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private SegmentsApi() {}

    static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    static String newKey() {
        return "s" + UUID.randomUUID().toString().replace("-", "");
    }

    static String terms(String condition) {
        return "{\"label\": \"Some\", \"condition\": %s}".formatted(condition);
    }

    /** {@code values}: JSON. */
    static String compare(String field, String operator, String values) {
        return "{\"field\": \"%s\", \"operator\": \"%s\", \"values\": %s}"
                .formatted(field, operator, values);
    }

    public static String tagged(String tag) {
        return compare("tags", "ANY_OF", "[\"%s\"]".formatted(tag));
    }

    static String both(String one, String other) {
        return "{\"all\": [%s, %s]}".formatted(one, other);
    }

    static Response put(String key, String header, String value, String terms) {
        return manager()
                .header(header, value)
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/segments/{segment}", key);
    }

    static Response make(String key, String condition) {
        return put(key, "If-None-Match", "*", terms(condition));
    }

    static Response change(String key, String terms) {
        return put(key, "If-Match", "*", terms);
    }

    /** Retires a segment with these conditions, and waits until all have left it. */
    static void retire(String key, String condition) {
        change(key, "{\"label\": \"x\", \"condition\": %s, \"active\": false}".formatted(condition))
                .then()
                .statusCode(200);
        ready(key);
    }

    static Response delete(String key) {
        return manager().header("If-Match", "*").delete("/segments/{segment}", key);
    }

    /** Makes a segment, waits until its members are decided, and answers its key. */
    public static String made(String condition) {
        String key = newKey();
        make(key, condition).then().statusCode(201);
        return ready(key);
    }

    /** Waits until the members are decided. */
    static String ready(String key) {
        await().atMost(LIMIT)
                .until(() -> agent().get("/segments/{segment}", key).path("state").equals("READY"));
        return key;
    }

    static Response members(String key) {
        return agent().get("/segments/{segment}/members", key);
    }

    static List<String> memberIds(String key) {
        return members(key).then().statusCode(200).extract().path("items.customer");
    }

    static Response segmentsOf(Object customer) {
        return agent().get("/customers/{customer}/segments", customer);
    }

    public static List<String> keysOf(Object customer) {
        return segmentsOf(customer).then().statusCode(200).extract().path("items.segment");
    }

    static Response preview(String condition) {
        return manager()
                .contentType(ContentType.JSON)
                .body("{\"condition\": %s}".formatted(condition))
                .post("/segments/preview");
    }

    /** Says it where nothing was said. */
    static Response say(String key, UUID customer, String terms) {
        return say(key, customer, "If-None-Match", terms);
    }

    static Response say(String key, UUID customer, String header, String terms) {
        return agent().header(header, "*")
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/segments/{segment}/overrides/{customer}", key, customer);
    }

    static Response said(String key) {
        return agent().get("/segments/{segment}/overrides", key);
    }

    static Response saidBefore(String key, UUID customer) {
        return agent().get("/segments/{segment}/overrides/{customer}/past", key, customer);
    }
}
