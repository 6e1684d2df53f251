package io.rapport.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what, made from the committed {@code openapi.json} of a service: every operation is
 * called by every role, and without a token, about something that is there and something that is
 * not. Who has no right to it gets the same answer for both. Call it in a {@code @QuarkusTest}.
 */
public final class AccessMatrix {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROLES =
            List.of("agent", "manager", "partner", "customer", "admin");

    /** Roles that may call an operation, and still not about everything that is there. */
    private static final Set<String> BOUNDED = Set.of("partner", "customer");

    private final JsonNode document;
    private final Map<String, Object[]> there = new HashMap<>();
    private final Map<String, Object[]> missing = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    AccessMatrix(JsonNode document) {
        this.document = document;
    }

    /** Of the service in the directory {@code module} below the checkout's root. */
    public static AccessMatrix of(String module) {
        try {
            return new AccessMatrix(
                    JSON.readTree(
                            ProjectRoot.path().resolve(module).resolve("openapi.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to put into the path, in its order, to reach something of another's. */
    public AccessMatrix there(String path, Object... values) {
        there.put(path, values);
        return this;
    }

    /** What to put there to reach nothing, when it cannot be made up. */
    public AccessMatrix missing(String path, Object... values) {
        missing.put(path, values);
        return this;
    }

    /** Fails with everything that is wrong. */
    public void verify() {
        List<String> found = violations();
        if (!found.isEmpty()) {
            throw new AssertionError(String.join("\n", found));
        }
    }

    List<String> violations() {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (OpenApiContract.METHODS.contains(member.getKey())) {
                    check(new Operation(member.getKey(), path.getKey(), member.getValue()));
                }
            }
        }
        return violations;
    }

    private void check(Operation operation) {
        Set<String> allowed = operation.roles();
        if (allowed.isEmpty() || !ROLES.containsAll(allowed)) {
            violations.add(operation + " names no roles, or others than there are: " + allowed);
        }
        call(operation, null, 401, "unauthenticated");
        call(operation, Tokens.builder().sign(), 403, "forbidden");
        for (String role : ROLES) {
            String token = Tokens.builder().roles(role).subject("another").sources("none").sign();
            if (!allowed.contains(role)) {
                call(operation, token, 403, "forbidden");
            } else if ("forbidden".equals(code(operation.call(token, values(operation, there))))) {
                violations.add(operation + " is forbidden to " + role + ", which it names");
            } else if (BOUNDED.contains(role) && operation.path().contains("{")) {
                callAboutAnothers(operation, role, token);
            }
        }
    }

    /** Refused in the same words, whether there is something or not. */
    private void call(Operation operation, @Nullable String token, int status, String code) {
        Response about = operation.call(token, values(operation, there));
        Response nothing = operation.call(token, values(operation, missing));
        if (about.statusCode() != status || !code.equals(code(about))) {
            violations.add(
                    "%s gives %d %s where %d %s is due"
                            .formatted(operation, about.statusCode(), code(about), status, code));
        }
        requireSame(operation, about, nothing);
    }

    private void callAboutAnothers(Operation operation, String role, String token) {
        if (!there.containsKey(operation.path())) {
            violations.add(operation + " needs something of another's, to be tried by " + role);
            return;
        }
        Response about = operation.call(token, values(operation, there));
        if (about.statusCode() != 403 && about.statusCode() != 404) {
            violations.add(operation + " gives " + role + " what is another's");
        }
        requireSame(operation, about, operation.call(token, values(operation, missing)));
    }

    private void requireSame(Operation operation, Response about, Response nothing) {
        if (!told(about).equals(told(nothing))) {
            violations.add(
                    "%s tells that something is there: %s and %s"
                            .formatted(operation, told(about), told(nothing)));
        }
    }

    /** Status and body, but for the trace of this one request. */
    private static String told(Response answer) {
        try {
            JsonNode body = JSON.readTree(answer.asByteArray());
            if (body instanceof ObjectNode problem) {
                problem.remove("instance");
            }
            return answer.statusCode() + " " + body;
        } catch (IOException e) {
            return answer.statusCode() + " " + answer.asString();
        }
    }

    private static @Nullable String code(Response answer) {
        return answer.contentType().startsWith("application/problem+json")
                ? answer.path("code")
                : null;
    }

    private static Object[] values(Operation operation, Map<String, Object[]> given) {
        return given.getOrDefault(
                operation.path(),
                operation.path().chars().filter(c -> c == '{').mapToObj(c -> made()).toArray());
    }

    private static Object made() {
        return UUID.randomUUID();
    }

    private record Operation(String method, String path, JsonNode described) {

        Set<String> roles() {
            Set<String> roles = new TreeSet<>();
            described
                    .path("security")
                    .forEach(
                            requirement ->
                                    requirement.forEach(
                                            names ->
                                                    names.forEach(
                                                            name -> roles.add(name.asText()))));
            return roles;
        }

        Response call(@Nullable String token, Object[] values) {
            RequestSpecification request = RestAssured.given();
            if (token != null) {
                request.auth().oauth2(token);
            }
            described
                    .at("/requestBody/content")
                    .fieldNames()
                    .forEachRemaining(
                            type ->
                                    request.contentType(type)
                                            .body("{}".getBytes(StandardCharsets.UTF_8)));
            return request.request(method.toUpperCase(Locale.ROOT), path, values);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
