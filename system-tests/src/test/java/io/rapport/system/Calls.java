package io.rapport.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.local.stack.LocalToken;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What agents, and others where it is said, ask the services of a stack over HTTP. */
record Calls(Stack stack) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A request that succeeds; {@code atLeast}: what the answer must have seen. */
    HttpResponse<String> send(
            ServiceName service,
            String method,
            String path,
            @Nullable String atLeast,
            @Nullable String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(service, method, path, atLeast, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response;
    }

    /** A command on whatever version customer-service has, under a key of its own. */
    HttpResponse<String> command(String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                exchange(
                        ServiceName.CUSTOMER,
                        "POST",
                        path,
                        Map.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "*"),
                        body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response;
    }

    HttpResponse<String> exchange(
            ServiceName service,
            String method,
            String path,
            @Nullable String atLeast,
            @Nullable String body)
            throws IOException, InterruptedException {
        return exchange(
                service,
                method,
                path,
                atLeast == null ? Map.of() : Map.of("Rapport-At-Least", atLeast),
                body);
    }

    /** What somebody else than an agent asks of customer-service, under a key of its own. */
    HttpResponse<String> as(String role, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return as(ServiceName.CUSTOMER, role, method, path, body);
    }

    /** The same of any service, on whatever version it has. */
    HttpResponse<String> as(
            ServiceName service, String role, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return exchange(
                service,
                role,
                method,
                path,
                Map.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "*"),
                body);
    }

    private HttpResponse<String> exchange(
            ServiceName service,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable String body)
            throws IOException, InterruptedException {
        return exchange(service, "agent", method, path, headers, body);
    }

    private HttpResponse<String> exchange(
            ServiceName service,
            String role,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(stack.ports().url(service) + path))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + stack.token(
                                                new LocalToken(Set.of(role), "it", List.of())))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    static String version(HttpResponse<String> response) {
        return response.headers().firstValue("Rapport-Version").orElseThrow();
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
