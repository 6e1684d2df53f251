package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.as;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Erasure as admins and managers command it. */
public final class ErasureApi {

    static final String REASON = "{\"reason\": \"CONSENT_WITHDRAWN\"}";

    private ErasureApi() {}

    static RequestSpecification admin() {
        return as(Tokens.admin());
    }

    static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    /** Erases under a key of its own. */
    public static Response erase(Object customer) {
        return erase(customer, UUID.randomUUID().toString(), REASON);
    }

    static Response erase(Object customer, String key, String body) {
        return admin().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/erase", customer);
    }

    public static Response preview(Object customer) {
        return admin().contentType(ContentType.JSON)
                .body(REASON)
                .post("/customers/{customer}/erase?dryRun=true", customer);
    }

    static Response erasure(Object customer) {
        return admin().get("/customers/{customer}/erasure", customer);
    }

    static Response certificate(Object customer) {
        return admin().get("/customers/{customer}/erasure/certificate", customer);
    }

    static Response hold(Object customer, String reason) {
        return manager()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("{\"reason\": \"%s\"}".formatted(reason))
                .post("/customers/{customer}/legal-holds", customer);
    }

    /** Places a hold and answers its id. */
    static String held(Object customer, String reason) {
        Response placed = hold(customer, reason);
        placed.then().statusCode(201);
        return placed.path("id");
    }

    static Response release(Object customer, Object hold, String reason) {
        return manager()
                .contentType(ContentType.JSON)
                .body("{\"reason\": \"%s\"}".formatted(reason))
                .post("/customers/{customer}/legal-holds/{hold}/release", customer, hold);
    }

    static Response holds(Object customer) {
        return manager().get("/customers/{customer}/legal-holds", customer);
    }

    static Response lift(String identity) {
        return manager()
                .contentType(ContentType.JSON)
                .body("{%s, \"reason\": \"Came back and asked us to\"}".formatted(identity))
                .post("/erased-identities/lift");
    }

    static Response liftOfShop(String externalId) {
        return lift(
                "\"identity\": {\"source\": \"shop\", \"externalId\": \"%s\"}"
                        .formatted(externalId));
    }
}
