package io.rapport.customer.attribute;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Attributes as callers define and look for them; each test defines attributes of its own. */
public final class AttributesApi {

    private AttributesApi() {}

    static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    static String newName() {
        return "a" + UUID.randomUUID().toString().replace("-", "");
    }

    /** {@code more}: further members, with a comma in front. */
    public static String terms(String type, String more) {
        return "{\"label\": \"Something\", \"type\": \"%s\", \"personalData\": false%s}"
                .formatted(type, more);
    }

    public static String choice(String type, String allowedValues) {
        return terms(type, ", \"searchable\": true, \"allowedValues\": " + allowedValues);
    }

    static Response put(String name, String header, String value, String terms) {
        return manager()
                .header(header, value)
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/attribute-definitions/{name}", name);
    }

    static Response change(String name, String terms) {
        return put(name, "If-Match", "*", terms);
    }

    static Response delete(String name, String ifMatch) {
        return manager().header("If-Match", ifMatch).delete("/attribute-definitions/{name}", name);
    }

    /** Defines an attribute and answers its name. */
    public static String defined(String terms) {
        String name = newName();
        put(name, "If-None-Match", "*", terms).then().statusCode(201);
        return name;
    }

    /** Defines an attribute of a name that other tests have, too. */
    public static void define(String name, String terms) {
        put(name, "If-None-Match", "*", terms).then().statusCode(anyOf(is(201), is(412)));
    }

    /** One that customers are found by. */
    public static String searchable(String type) {
        return defined(terms(type, ", \"searchable\": true"));
    }

    public static String unique(String type) {
        return defined(terms(type, ", \"searchable\": true, \"unique\": true"));
    }

    /** A profile, or a patch of one. {@code value}: JSON. */
    public static String profile(String name, String value) {
        return "{\"attributes\": {\"%s\": %s}}".formatted(name, value);
    }

    /** {@code value}: JSON. */
    public static Response lookUp(String name, String value) {
        return lookUp(agent(), name, value);
    }

    static Response lookUp(RequestSpecification caller, String name, String value) {
        return caller.contentType(ContentType.JSON)
                .body("{\"value\": %s}".formatted(value))
                .post("/attribute-definitions/{name}/lookup", name);
    }
}
