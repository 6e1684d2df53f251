package io.rapport.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The committed {@code <module>/openapi.json} is what the running service tells. Call it in a
 * {@code @QuarkusTest}; with {@code -Drapport.openapi.write=true} it writes the file instead, for a
 * review of the difference.
 */
public final class OpenApiContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private OpenApiContract() {}

    /**
     * Compares the document of the service in the directory {@code module} below the checkout's
     * root.
     */
    public static void verify(String module) {
        Path committed = ProjectRoot.path().resolve(module).resolve("openapi.json");
        JsonNode told = told();
        List<String> violations = violations(told);
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
        try {
            if (Boolean.getBoolean("rapport.openapi.write")) {
                Files.writeString(committed, pretty(told));
            } else if (!Files.exists(committed)
                    || !JSON.readTree(committed.toFile()).equals(told)) {
                throw new AssertionError(difference(committed, told));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Each operation with an id of its own, a summary, and an answer for callers who do it wrong.
     */
    static List<String> violations(JsonNode document) {
        List<String> violations = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue().properties().stream()
                                        .filter(entry -> METHODS.contains(entry.getKey()))
                                        .forEach(
                                                entry ->
                                                        check(
                                                                entry.getKey()
                                                                        + " "
                                                                        + path.getKey(),
                                                                entry.getValue(),
                                                                ids,
                                                                violations)));
        return violations;
    }

    private static void check(
            String name, JsonNode operation, Set<String> ids, List<String> violations) {
        String id = operation.path("operationId").asText();
        if (id.isBlank()) {
            violations.add(name + " has no operationId");
        } else if (!ids.add(id)) {
            violations.add(name + " repeats the operationId " + id);
        }
        if (operation.path("summary").asText().isBlank()) {
            violations.add(name + " has no summary");
        }
        boolean tellsProblems =
                operation.path("responses").properties().stream()
                        .anyMatch(response -> response.getKey().startsWith("4"));
        if (!tellsProblems) {
            violations.add(name + " tells none of its problems");
        }
    }

    /** Servers depend on where the service runs and are no part of the contract. */
    private static JsonNode told() {
        String body =
                RestAssured.given()
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        try {
            ObjectNode document = (ObjectNode) JSON.readTree(body);
            document.remove("servers");
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String difference(Path committed, JsonNode told) throws IOException {
        Path actual = committed.resolveSibling("target").resolve("openapi.json");
        Files.createDirectories(actual.resolveSibling("."));
        Files.writeString(actual, pretty(told));
        return "%s is not what the service tells (%s); if that is meant, write it with %s"
                .formatted(committed, actual, "-Drapport.openapi.write=true");
    }

    private static String pretty(JsonNode document) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
