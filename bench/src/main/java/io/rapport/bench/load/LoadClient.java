package io.rapport.bench.load;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Calls services over kept-alive connections, a fixed number at most to each, from one thread: the
 * loop, on which all calls are made and all answers arrive. Every call carries a token and a trace
 * header, as those of a gateway do.
 */
public final class LoadClient implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient http;
    private final String authorization;
    private final Duration patience;
    private volatile boolean closed;

    /** Waits 30 s for each answer, and for a connection on which to ask. */
    public LoadClient(int connections, String token) {
        this(connections, token, CALL_TIMEOUT);
    }

    LoadClient(int connections, String token, Duration patience) {
        this.patience = patience;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setDefaultHost(LocalPorts.HOST)
                                .setMaxPoolSize(connections)
                                .setKeepAlive(true)
                                .setKeepAliveTimeout(30)
                                .setTcpNoDelay(true));
        this.authorization = "Bearer " + token;
    }

    /** Runs something on the loop, where calls are made. */
    public void onLoop(Runnable task) {
        loop.runOnContext(nothing -> task.run());
    }

    /**
     * Runs something on the loop after a while of whole milliseconds, unless this is closed then.
     */
    public void later(Duration delay, Runnable task) {
        vertx.setTimer(
                delay.toMillis(),
                id -> {
                    if (!closed) {
                        task.run();
                    }
                });
    }

    /** The whole answer; fails when its status is not the expected one. On the loop only. */
    public Future<Answer> send(Call call) {
        if (closed) {
            return Future.failedFuture(new CannotGoOn("The client is closed."));
        }
        RequestOptions options =
                new RequestOptions()
                        .setMethod(call.method())
                        .setPort(call.port())
                        .setURI(call.path())
                        .setTimeout(patience.toMillis())
                        .setHeaders(headers(call));
        Buffer body = call.body();
        return http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(LoadClient::whole)
                .compose(answer -> expected(call, answer));
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body()
                .map(body -> new Answer(response.statusCode(), response.headers(), body));
    }

    private static Future<Answer> expected(Call call, Answer answer) {
        Integer expected = call.expectedStatus();
        if (expected == null || answer.status() == expected) {
            return Future.succeededFuture(answer);
        }
        return Future.failedFuture(
                new CannotGoOn(
                        "%s %s was answered with %d, not %d: %s"
                                .formatted(
                                        call.method(),
                                        call.path(),
                                        answer.status(),
                                        expected,
                                        answer.text())));
    }

    private MultiMap headers(Call call) {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add("Authorization", authorization)
                        .add("Accept", call.answerType())
                        .add("traceparent", traceparent());
        String atLeast = call.atLeast();
        if (atLeast != null) {
            headers.add("Rapport-At-Least", atLeast);
        }
        if (call.json() != null) {
            headers.add("Content-Type", call.contentType());
            if (call.method().equals(HttpMethod.PATCH)) {
                headers.add("If-Match", "*");
            }
        }
        return headers;
    }

    /** A trace of its own for each call, which nobody has asked to be recorded. */
    private static String traceparent() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-"
                + HEX.toHexDigits(random.nextLong(1, Long.MAX_VALUE))
                + HEX.toHexDigits(random.nextLong())
                + "-"
                + HEX.toHexDigits(random.nextLong(1, Long.MAX_VALUE))
                + "-00";
    }

    @Override
    public void close() {
        closed = true;
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new CannotGoOn("The client does not close: " + e, e);
        }
    }
}
