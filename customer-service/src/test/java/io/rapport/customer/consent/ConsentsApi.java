package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Consents as callers record and ask for them; each test makes purposes of its own. */
public final class ConsentsApi {

    private ConsentsApi() {}

    static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    /** Terms over e-mail and text messages. {@code validity}: JSON text, or null. */
    static String terms(String validity, boolean doubleOptIn, boolean active) {
        return """
               {"title": {"en": "News"}, "channels": ["SMS", "EMAIL"], "validity": %s, "doubleOptIn": %s,
                "active": %s}"""
                .formatted(validity, doubleOptIn, active);
    }

    static String newKey() {
        return "p-" + UUID.randomUUID().toString().substring(0, 18);
    }

    static Response put(String key, String header, String value, String terms) {
        return manager()
                .header(header, value)
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/consent-purposes/{purpose}", key);
    }

    /** Makes a purpose and answers its key. */
    static String purpose(String terms) {
        String key = newKey();
        put(key, "If-None-Match", "*", terms).then().statusCode(201);
        return key;
    }

    /** A purpose whose consents count at once and have no end. */
    static String purpose() {
        return purpose(terms("null", false, true));
    }

    static String purposeWithDoubleOptIn() {
        return purpose(terms("null", true, true));
    }

    static String given(String purpose) {
        return given(purpose, "\"source\": \"shop\", \"textVersion\": \"v1\"", "");
    }

    static String givenAt(String purpose, Object occurredAt) {
        return given(
                purpose,
                "\"source\": \"shop\", \"textVersion\": \"v1\", \"occurredAt\": \"%s\""
                        .formatted(occurredAt),
                "");
    }

    /** {@code more}: further members, with a comma in front. */
    static String given(String purpose, String evidence, String more) {
        return "{\"purpose\": \"%s\", \"channel\": \"EMAIL\", \"evidence\": {%s}%s}"
                .formatted(purpose, evidence, more);
    }

    static String withdrawn(String purpose) {
        return given(purpose, "\"source\": \"mailer\"", "");
    }

    static String withdrawnAt(String purpose, Object occurredAt) {
        return given(
                purpose,
                "\"source\": \"mailer\", \"occurredAt\": \"%s\"".formatted(occurredAt),
                "");
    }

    static Response give(Object customer, String body) {
        return give(agent(), UUID.randomUUID().toString(), customer, body);
    }

    static Response give(RequestSpecification caller, String key, Object customer, String body) {
        return caller.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/consents", customer);
    }

    static Response withdraw(Object customer, String body) {
        return withdraw(agent(), customer, body);
    }

    static Response withdraw(RequestSpecification caller, Object customer, String body) {
        return caller.header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/consents/withdraw", customer);
    }

    static Response confirm(Object customer, Object consent) {
        return confirm(agent(), customer, consent, "{\"evidence\": {\"source\": \"shop\"}}");
    }

    static Response confirm(
            RequestSpecification caller, Object customer, Object consent, String body) {
        return caller.contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/consents/{consent}/confirm", customer, consent);
    }

    /** Gives a consent that waits for its confirmation, and answers its id. */
    public static String pendingOf(Object customer) {
        return give(customer, given(purposeWithDoubleOptIn())).path("recorded.id");
    }

    static Response check(Object customer, String purpose) {
        return check(agent(), customer, purpose);
    }

    static Response check(RequestSpecification caller, Object customer, String purpose) {
        return caller.queryParam("purpose", purpose)
                .queryParam("channel", "EMAIL")
                .get("/customers/{customer}/consents/check", customer);
    }

    static Response checkAt(Object customer, String purpose, Object at) {
        return check(agent().queryParam("at", at.toString()), customer, purpose);
    }
}
