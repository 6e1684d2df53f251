package io.rapport.faults.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Calls the REST API once, as staff and as an admin. Thread-safe. */
public final class Caller {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_PAGES = 10_000;

    /** Longer than a service takes to give up, so that a call that is left is seldom at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Doors doors;
    private final String token;
    private final Tally tally;
    private final Random random;

    /** {@code random} chooses among the processes of a service that is read. */
    public Caller(Doors doors, String token, Tally tally, Random random) {
        this.doors = doors;
        this.token = token;
        this.tally = tally;
        this.random = random;
    }

    /** Tells a service once, at one of its processes by the teller's own chance. */
    Reply tell(Deed deed, Random chance) {
        HttpRequest.Builder request =
                request(deed.kind().service, deed.path(), chance)
                        .header("Content-Type", "application/json")
                        .method(deed.kind().method, BodyPublishers.ofString(deed.body().get()));
        if (deed.idempotencyKey() != null) {
            request.header("Idempotency-Key", deed.idempotencyKey());
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return reply(response);
        } catch (IOException e) {
            tally.again("broken off");
            return new Reply.Again(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private Reply reply(HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        String code = body.path("code").asText("");
        if (status == 200 || status == 201) {
            return new Reply.Done(body);
        }
        judge(response, code);
        boolean again =
                status >= 500
                        || status == 429
                        || code.equals("unknown-customer")
                        || response.headers().firstValue("Retry-After").isPresent();
        String why = status + (code.isEmpty() ? "" : " " + code);
        if (again) {
            tally.again(why);
            return new Reply.Again(why);
        }
        return new Reply.Refused(why);
    }

    /** No fault excuses a 500, nor a 503 that does not say what is wrong or when to come back. */
    private void judge(HttpResponse<String> response, String code) {
        int status = response.statusCode();
        String when = response.headers().firstValue("Retry-After").orElse("");
        boolean excused = status == 503 && !code.isEmpty() && when.matches("[1-9][0-9]{0,3}");
        if (status >= 500 && !excused) {
            tally.unclear(
                    "%s was answered %d, Retry-After '%s', %s"
                            .formatted(
                                    response.request().uri().getPath(),
                                    status,
                                    when,
                                    response.body()));
        }
    }

    /** Reads, and says no with the answer when it is not 200. */
    public JsonNode get(ServiceName service, String path) {
        return read(service, request(service, path, random).GET().build());
    }

    /** Reads a list page after page. */
    public void pages(ServiceName service, String path, Consumer<JsonNode> item) {
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode body = get(service, path + after);
            body.path("items").forEach(item);
            if (!body.path("next").isTextual()) {
                return;
            }
            after =
                    "&after="
                            + URLEncoder.encode(body.path("next").asText(), StandardCharsets.UTF_8);
        }
        throw new CannotGoOn(service.label() + " lists without an end.");
    }

    /** Commands something, with a body where there is one, and reads the answer. */
    public JsonNode command(String method, ServiceName service, String path, String body) {
        HttpRequest.Builder request = request(service, path, random);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return read(service, request.method(method, BodyPublishers.ofString(body)).build());
    }

    /** What a service's process tells of itself at its management port; empty when it does not. */
    public String metrics(int port) {
        return managed(port, "/q/metrics").map(HttpResponse::body).orElse("");
    }

    /** The status with which it tells there whether it is ready; 0 when it does not answer. */
    public int readiness(int port) {
        return managed(port, "/q/health/ready").map(HttpResponse::statusCode).orElse(0);
    }

    private Optional<HttpResponse<String>> managed(int port, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + LocalPorts.HOST + ":" + port + path))
                        .timeout(PATIENCE)
                        .build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private JsonNode read(ServiceName service, HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                judge(response, json(response.body()).path("code").asText(""));
                throw new CannotGoOn(
                        "%s answered %s with %d: %s"
                                .formatted(
                                        service.label(),
                                        request.uri().getPath(),
                                        response.statusCode(),
                                        response.body()));
            }
            return json(response.body());
        } catch (IOException e) {
            throw CannotGoOn.because(service.label() + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private HttpRequest.Builder request(ServiceName service, String path, Random chance) {
        return HttpRequest.newBuilder(URI.create(doors.any(service, chance) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
