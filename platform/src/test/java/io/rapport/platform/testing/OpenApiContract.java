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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The committed {@code <module>/openapi.json} is what the running service tells. Call it in a
 * {@code @QuarkusTest}; with {@code -Drapport.openapi.write=true} it writes the file instead, for a
 * review of the difference.
 */
public final class OpenApiContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> OF_TOKENS = Set.of("401", "403");
    private static final String PROBLEM = "application/problem+json";

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
     * Each operation with an id of its own, a summary, an example, a token that is described, and
     * answers that say what they hold, also for callers who do it wrong; and no schema that nobody
     * uses.
     */
    static List<String> violations(JsonNode document) {
        List<String> violations = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String name = operation.getKey() + " " + path.getKey();
                    check(name, operation.getValue(), ids, violations);
                    checkSecurity(name, operation.getValue(), document, violations);
                    checkAnswers(name, operation.getValue(), document, violations);
                }
            }
        }
        String text = document.toString();
        document.at("/components/schemas")
                .fieldNames()
                .forEachRemaining(
                        schema -> {
                            if (!text.contains("\"#/components/schemas/" + schema + "\"")) {
                                violations.add("the schema " + schema + " is used by nothing");
                            }
                        });
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
    }

    private static void checkSecurity(
            String name, JsonNode operation, JsonNode document, List<String> violations) {
        for (JsonNode requirement : operation.path("security")) {
            for (Map.Entry<String, JsonNode> scheme : requirement.properties()) {
                if (!document.at("/components/securitySchemes").has(scheme.getKey())) {
                    violations.add(name + " needs the unknown scheme " + scheme.getKey());
                }
            }
        }
    }

    private static void checkAnswers(
            String name, JsonNode operation, JsonNode document, List<String> violations) {
        boolean tellsProblems = false;
        boolean hasExample = hasExample(operation.path("requestBody"), document);
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            String code = answer.getKey();
            JsonNode content = resolved(answer.getValue(), document).path("content");
            if (code.startsWith("2")) {
                hasExample |= hasExample(answer.getValue(), document);
                if (content.isObject() && content.isEmpty()) {
                    violations.add(name + " does not say what its " + code + " holds");
                }
            } else if (!code.startsWith("3") && !content.has(PROBLEM)) {
                violations.add(name + " answers " + code + " without a problem document");
            }
            // Every operation refuses bad tokens; the framework says so by itself.
            tellsProblems |= code.startsWith("4") && !OF_TOKENS.contains(code);
        }
        if (!tellsProblems) {
            violations.add(name + " tells none of its problems");
        }
        if (!hasExample) {
            violations.add(name + " has no example");
        }
    }

    /** Whether a body, or the schema that it names, shows what it looks like. */
    private static boolean hasExample(JsonNode body, JsonNode document) {
        for (JsonNode content : resolved(body, document).path("content")) {
            JsonNode schema = resolved(content.path("schema"), document);
            if (content.has("example") || content.has("examples") || schema.has("examples")) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
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
