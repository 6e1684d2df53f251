package io.rapport.bench.importing;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.LocalToken;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Imports as a manager commands them, one call after the other. */
final class ImportCalls {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String UPSERT = "{\"format\": \"CSV\", \"mode\": \"UPSERT\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    ImportCalls(Stack stack) {
        this.address =
                "http://%s:%d/customer-imports"
                        .formatted(LocalPorts.HOST, stack.ports().http(ServiceName.CUSTOMER));
        this.token = stack.token(new LocalToken(Set.of("manager"), "local-bench", List.of()));
    }

    /**
     * How an import ended: how long its rows took from its start, and then its customers until they
     * were compared.
     */
    record Ended(
            long created,
            long unchanged,
            long rows,
            Duration took,
            long compared,
            Duration comparing) {
        double perSecond() {
            return perSecond(rows, took);
        }

        double comparedPerSecond() {
            return perSecond(compared, comparing);
        }

        private static double perSecond(long number, Duration took) {
            return number / (took.toNanos() / 1e9);
        }
    }

    /** Uploads a file, starts it, and answers when it has ended. */
    Ended run(CustomerFile file) throws IOException, InterruptedException {
        String id =
                call("POST", "", "application/json", BodyPublishers.ofString(UPSERT))
                        .getString("id");
        for (int number = 1; number <= file.parts(); number++) {
            call(
                    "PUT",
                    "/%s/parts/%d".formatted(id, number),
                    "application/octet-stream",
                    BodyPublishers.ofByteArray(file.part(number)));
        }
        call("POST", "/" + id + "/start", "application/json", BodyPublishers.noBody());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonObject told = look(id);
        while (!told.containsKey("endedAt")) {
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn("The import has not ended after ten minutes.");
            }
            Thread.sleep(LOOK);
            told = look(id);
        }
        return ended(told);
    }

    private static Ended ended(JsonObject told) {
        JsonObject rows = told.getJsonObject("rows");
        JsonObject comparison = told.getJsonObject("comparison");
        Instant ended = Instant.parse(told.getString("endedAt"));
        Instant read =
                comparison.containsKey("since")
                        ? Instant.parse(comparison.getString("since"))
                        : ended;
        return new Ended(
                rows.getLong("created"),
                rows.getLong("unchanged"),
                rows.getLong("read") - 1,
                Duration.between(Instant.parse(told.getString("startedAt")), read),
                comparison.getLong("compared"),
                Duration.between(read, ended));
    }

    private JsonObject look(String id) throws IOException, InterruptedException {
        return call("GET", "/" + id, "application/json", BodyPublishers.noBody());
    }

    private JsonObject call(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .method(method, body)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new CannotGoOn(
                    "%s %s was answered with %d: %s"
                            .formatted(method, path, answer.statusCode(), answer.body()));
        }
        return new JsonObject(answer.body());
    }
}
