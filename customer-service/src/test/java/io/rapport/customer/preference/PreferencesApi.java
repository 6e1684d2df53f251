package io.rapport.customer.preference;

import static io.rapport.customer.CustomersApi.agent;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Preferences as callers tell and ask for them. */
final class PreferencesApi {

    private PreferencesApi() {}

    /** {@code value}: JSON; {@code more}: further members, with a comma in front. */
    static String told(String learnt, String value, String more) {
        return "{\"learnt\": \"%s\", \"value\": %s, \"source\": \"crm\"%s}"
                .formatted(learnt, value, more);
    }

    static String stated(String value) {
        return told("STATED", value, "");
    }

    static Response tell(Object customer, String key, String told) {
        return tell(agent().header("If-Match", "*"), customer, key, told);
    }

    static Response tell(RequestSpecification caller, Object customer, String key, String told) {
        return caller.contentType(ContentType.JSON)
                .body(told)
                .put("/customers/{customer}/preferences/{key}", customer, key);
    }

    static Response read(Object customer, String key) {
        return agent().get("/customers/{customer}/preferences/{key}", customer, key);
    }

    static Response forget(Object customer, String key) {
        return agent().header("If-Match", "*")
                .delete("/customers/{customer}/preferences/{key}", customer, key);
    }

    static Response check(RequestSpecification caller, Object customer, String channel, Object at) {
        return caller.queryParam("channel", channel)
                .queryParam("at", at.toString())
                .get("/customers/{customer}/contact-permission", customer);
    }

    static Response check(Object customer, String channel, Object at) {
        return check(agent(), customer, channel, at);
    }
}
