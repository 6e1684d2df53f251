package io.rapport.customer.importing;

import static org.awaitility.Awaitility.await;

import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Imports as managers use them. */
public final class ImportsApi {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ImportsApi() {}

    static RequestSpecification manager() {
        return CustomersApi.as(Tokens.manager());
    }

    static Response make(String body) {
        return manager()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customer-imports");
    }

    /** Begins an import and answers its id. */
    static UUID made(String body) {
        Response made = make(body);
        made.then().statusCode(201);
        return UUID.fromString(made.path("id"));
    }

    /** Without names of columns: each column tells what its name says. */
    static String plain(String format, String mode) {
        return "{\"format\": \"%s\", \"mode\": \"%s\"}".formatted(format, mode);
    }

    static Response put(UUID id, int number, byte[] content) {
        return manager()
                .contentType("application/octet-stream")
                .body(content)
                .put("/customer-imports/{import}/parts/{number}", id, number);
    }

    static void putAll(UUID id, byte[] content) {
        put(id, 1, content).then().statusCode(200);
    }

    static Response start(UUID id) {
        return manager().post("/customer-imports/{import}/start", id);
    }

    static Response cancel(UUID id) {
        return manager().post("/customer-imports/{import}/cancel", id);
    }

    static Response get(UUID id) {
        return manager().get("/customer-imports/{import}", id);
    }

    /** Uploads, starts and waits for the end, as which the import is answered. */
    static Response run(String body, byte[] content) {
        UUID id = made(body);
        putAll(id, content);
        start(id).then().statusCode(200);
        return ended(id);
    }

    static Response run(String body, String content) {
        return run(body, content.getBytes(StandardCharsets.UTF_8));
    }

    static Response ended(UUID id) {
        await().atMost(LIMIT)
                .until(
                        () ->
                                !List.of("UPLOADING", "RUNNING", "COMPARING")
                                        .contains(get(id).path("state")));
        return get(id);
    }

    /** Takes in a file whose columns tell what their names say. */
    public static Response imported(String format, String content) {
        return run(plain(format, "UPSERT"), content);
    }

    static UUID id(Response told) {
        return UUID.fromString(told.path("id"));
    }

    /** Problems of rows as lines of JSON. */
    static List<String> problems(Response told) {
        return manager()
                .get("/customer-imports/{import}/problems", id(told))
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString()
                .lines()
                .toList();
    }

    /** How many rows did what: created, updated, unchanged, refused. */
    public static List<Integer> rows(Response told) {
        return List.of(
                told.path("rows.created"),
                told.path("rows.updated"),
                told.path("rows.unchanged"),
                told.path("rows.refused"));
    }
}
