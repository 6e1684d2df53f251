package io.rapport.bench.segmenting;

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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Segments over fields of all kinds, made as a manager makes them, and then taken out of the
 * database and put back between turns, which no caller can.
 */
final class ManySegments {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Stack stack;
    private final String address;
    private final String token;
    private final int count;

    ManySegments(Stack stack, int count) {
        this.stack = stack;
        this.count = count;
        this.address =
                "http://%s:%d/segments/"
                        .formatted(LocalPorts.HOST, stack.ports().http(ServiceName.CUSTOMER));
        this.token = stack.token(new LocalToken(Set.of("manager"), "local-bench", List.of()));
    }

    /** Makes them, and returns when all customers are decided for all of them. */
    void make() throws IOException, InterruptedException {
        for (int number = 0; number < count; number++) {
            HttpRequest request =
                    request(number)
                            .header("If-None-Match", "*")
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(terms(number)))
                            .build();
            send(request);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!areReady()) {
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn("The segments are not ready after 20 minutes.");
            }
            Thread.sleep(LOOK);
        }
    }

    private boolean areReady() throws IOException, InterruptedException {
        for (int number = 0; number < count; number++) {
            JsonObject told = send(request(number).GET().build());
            if (!told.getString("state").equals("READY")) {
                return false;
            }
        }
        return true;
    }

    private HttpRequest.Builder request(int number) {
        return HttpRequest.newBuilder(URI.create(address + "bench-" + number))
                .header("Authorization", "Bearer " + token);
    }

    private JsonObject send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new CannotGoOn(
                    "%s was answered with %d: %s"
                            .formatted(request.uri(), answer.statusCode(), answer.body()));
        }
        return new JsonObject(answer.body());
    }

    /** One of ten kinds each; a write enters or leaves some of every tenth one. */
    private static String terms(int number) {
        String condition =
                switch (number % 10) {
                    case 0 ->
                            "{\"field\": \"occupation\", \"operator\": \"ANY_OF\", \"values\": [%s]}"
                                    .formatted(jobs(number));
                    case 1 ->
                            "{\"field\": \"country\", \"operator\": \"ANY_OF\", \"values\": [\"IE\", \"FR\"]}";
                    case 2 ->
                            "{\"field\": \"language\", \"operator\": \"ANY_OF\", \"values\": [\"fr\"]}";
                    case 3 ->
                            "{\"field\": \"birthday\", \"operator\": \"OLDER_THAN\", \"values\": [\"P%dY\"]}"
                                    .formatted(18 + number);
                    case 4 ->
                            "{\"field\": \"tags\", \"operator\": \"ANY_OF\", \"values\": [\"vip-%d\"]}"
                                    .formatted(number);
                    case 5 ->
                            "{\"field\": \"interactions.lastAt\", \"operator\": \"OLDER_THAN\", \"values\": [\"P60D\"]}";
                    case 6 ->
                            "{\"field\": \"purchases.GBP.sum\", \"operator\": \"AT_LEAST\", \"values\": [%d]}"
                                    .formatted(number);
                    case 7 ->
                            "{\"field\": \"loyalty.balance\", \"operator\": \"AT_LEAST\", \"values\": [%d]}"
                                    .formatted(number);
                    case 8 -> "{\"field\": \"lifecycleStage\", \"operator\": \"KNOWN\"}";
                    default ->
                            "{\"field\": \"createdAt\", \"operator\": \"OLDER_THAN\", \"values\": [\"P%dD\"]}"
                                    .formatted(30 + number);
                };
        return "{\"label\": \"Bench %d\", \"condition\": {\"all\": [%s, {\"field\": \"kind\", \"operator\": \"KNOWN\"}]}}"
                .formatted(number, condition);
    }

    private static String jobs(int number) {
        return String.join(
                ", ",
                IntStream.range(0, 5).mapToObj(i -> "\"job %d\"".formatted(number + i)).toList());
    }

    /** Takes all of them away, as if there had never been one; members stay. */
    void takeOut() {
        move("segment", "bench_segment");
    }

    void putBack() {
        move("bench_segment", "segment");
    }

    private void move(String from, String to) {
        try (Connection connection =
                        stack.postgres().connectAsSuperuser(ServiceName.CUSTOMER.database());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS bench_segment (LIKE segment)");
            statement.execute(
                    "WITH moved AS (DELETE FROM %s RETURNING *) INSERT INTO %s SELECT * FROM moved"
                            .formatted(from, to));
            statement.execute("UPDATE segment_epoch SET number = number + 1");
        } catch (SQLException e) {
            throw new CannotGoOn("The segments cannot be moved.", e);
        }
    }
}
