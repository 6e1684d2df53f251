package io.rapport.customer;

import static io.restassured.RestAssured.given;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The API as callers use it; each test makes customers of its own instead of cleaning up. */
public final class CustomersApi {

    private CustomersApi() {}

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    public static RequestSpecification agent() {
        return as(Tokens.agent());
    }

    /** Makes a customer and answers its id. */
    public static UUID registered(String profile) {
        Response made = register(agent(), UUID.randomUUID().toString(), profile);
        made.then().statusCode(201);
        return UUID.fromString(made.path("id"));
    }

    /** Makes a customer, whoever is like it: other tests know the same people. */
    public static Response register(RequestSpecification caller, String key, String profile) {
        return registerUnlessLikelyThere(caller.queryParam("duplicates", "accept"), key, profile);
    }

    public static Response registerUnlessLikelyThere(
            RequestSpecification caller, String key, String profile) {
        return caller.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(profile)
                .post("/customers");
    }

    public static Response get(Object reference) {
        return agent().get("/customers/{customer}", reference);
    }

    public static Response patch(Object reference, String ifMatch, String patch) {
        return agent().header("If-Match", ifMatch)
                .contentType("application/merge-patch+json; charset=UTF-8")
                .body(patch)
                .patch("/customers/{customer}", reference);
    }

    public static Response put(
            RequestSpecification caller, String source, String externalId, String profile) {
        return caller.contentType(ContentType.JSON)
                .body(profile)
                .put("/customers/by/{source}/{externalId}", source, externalId);
    }

    public static Response put(String source, String externalId, String profile) {
        return put(agent(), source, externalId, profile);
    }

    public static Response getBy(RequestSpecification caller, String source, String externalId) {
        return caller.get("/customers/by/{source}/{externalId}", source, externalId);
    }

    /** Says that {@code customer} is something to {@code related}. */
    public static Response relate(Object customer, String type, Object related, String ifMatch) {
        return agent().header("If-Match", ifMatch)
                .put("/customers/{customer}/relations/{type}/{related}", customer, type, related);
    }

    /** Makes a customer with an identity of the source "shop", and answers its id. */
    public static UUID known(String externalId) {
        Response made = put("shop", externalId, "{}");
        made.then().statusCode(201);
        return UUID.fromString(made.path("id"));
    }

    public static Response addIdentity(
            RequestSpecification caller, Object reference, String source, String externalId) {
        return caller.header("If-Match", "*")
                .put(
                        "/customers/{customer}/identities/{source}/{externalId}",
                        reference,
                        source,
                        externalId);
    }

    public static Response removeIdentity(
            RequestSpecification caller, Object reference, String source, String externalId) {
        return caller.header("If-Match", "*")
                .delete(
                        "/customers/{customer}/identities/{source}/{externalId}",
                        reference,
                        source,
                        externalId);
    }

    /** Moves an identity of the source "shop". */
    public static Response move(String externalId, Object target) {
        return move(
                agent().header("Idempotency-Key", UUID.randomUUID().toString()),
                externalId,
                target);
    }

    public static Response move(RequestSpecification caller, String externalId, Object target) {
        return caller.contentType(ContentType.JSON)
                .body("{\"customer\": \"%s\"}".formatted(target))
                .post("/customers/by/shop/{externalId}/move", externalId);
    }

    /** Merges customers into {@code survivor}, with its newest ETag and a key of its own. */
    public static Response merge(Object survivor, Object... members) {
        List<String> named = new ArrayList<>();
        for (Object member : members) {
            named.add("{\"customer\": \"%s\"}".formatted(member));
        }
        return merge(agent(), survivor, "{\"members\": %s}".formatted(named));
    }

    public static Response merge(RequestSpecification caller, Object survivor, String body) {
        return caller.header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/merge", survivor);
    }

    /** Brings a merged customer back. */
    public static Response unmerge(Object member) {
        return agent().header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .post("/customers/{customer}/unmerge", member);
    }

    /** An external id that nobody has. */
    public static String newExternalId() {
        return UUID.randomUUID().toString().substring(0, 18);
    }
}
