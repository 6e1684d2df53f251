package io.rapport.local.demo;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the public REST API of a stack. Everything it is used for may be sent again, so a lost
 * connection, 429 and 503 are tried again, as late as Retry-After says, until {@code patience} is
 * used up. Thread-safe.
 */
final class SuiteClient {
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final LocalPorts ports;
    private final String token;
    private final Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    SuiteClient(LocalPorts ports, String token, Duration patience) {
        this.ports = ports;
        this.token = token;
        this.patience = patience;
    }

    /** One segment of a path, whatever characters it has. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    /** Says what to do when nobody listens where the service should be. */
    void requireRunning(ServiceName service) {
        try {
            http.send(request(service, "/").GET().build(), BodyHandlers.discarding());
        } catch (ConnectException e) {
            throw new CannotGoOn(
                    service.label()
                            + " does not answer at "
                            + ports.url(service)
                            + ": start the stack with ./rapport up",
                    e);
        } catch (IOException e) {
            throw new CannotGoOn(service.label() + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    /**
     * Reads a state that is at least as new as the version token; an older one is asked for again.
     */
    Answer get(ServiceName service, String path, @Nullable String atLeast) {
        HttpRequest.Builder request = request(service, path).GET();
        return send(
                service, atLeast == null ? request : request.header("Rapport-At-Least", atLeast));
    }

    Answer put(ServiceName service, String path, String json) {
        return send(
                service,
                request(service, path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer post(ServiceName service, String path, String contentType, String body) {
        return send(
                service,
                request(service, path)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(ServiceName service, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + LocalPorts.HOST + ":" + ports.http(service) + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(ServiceName service, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        long deadline = System.nanoTime() + patience.toNanos();
        Duration wait = FIRST_WAIT;
        while (true) {
            String trouble;
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                Answer answer =
                        new Answer(
                                response.statusCode(),
                                response.body(),
                                response.headers().firstValue("Rapport-Version"));
                if (!answer.passing()) {
                    return answer;
                }
                trouble = answer.status() + " " + answer.excerpt();
                wait = answer.notYetSeen() ? Duration.ZERO : retryAfter(response).orElse(wait);
            } catch (IOException e) {
                trouble = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.", e);
            }
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn(
                        "%s has not done %s %s for %d s: %s"
                                .formatted(
                                        service.label(),
                                        request.method(),
                                        request.uri().getPath(),
                                        patience.toSeconds(),
                                        trouble));
            }
            pause(wait);
            wait = wait.isZero() ? FIRST_WAIT : shorter(wait.multipliedBy(2), LONGEST_WAIT);
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(
                        seconds ->
                                shorter(
                                        Duration.ofSeconds(Long.parseLong(seconds)),
                                        Duration.ofSeconds(30)));
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
