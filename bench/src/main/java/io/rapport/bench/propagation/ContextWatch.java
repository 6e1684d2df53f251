package io.rapport.bench.propagation;

import io.rapport.bench.load.Call;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.measure.Latencies;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Asks for the contexts of single customers again and again until they show the points that were
 * promised: 20 ms after each answer, or a fifth of what it has lasted where that is longer, so that
 * the looking does not slow down what it looks at. A time is too long by one such pause and one
 * answer at most, and never too short. On the client's loop, but for {@link #await}.
 */
final class ContextWatch {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final int PAUSES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadClient client;
    private final int port;
    private final Histogram nanos = Latencies.empty();
    private final Outstanding outstanding = new Outstanding();
    private int unseen;
    private int failed;

    ContextWatch(LoadClient client, int port) {
        this.client = client;
        this.port = port;
    }

    /** Measures from {@code since} until the customer's balance is as high as promised. */
    void watch(UUID customer, long balance, long since) {
        outstanding.begun();
        look(Call.get(port, "/customers/" + customer + "/context"), balance, since);
    }

    private void look(Call context, long balance, long since) {
        client.send(context)
                .onSuccess(
                        answer -> {
                            long now = System.nanoTime();
                            if (balanceIn(answer.json()) >= balance) {
                                nanos.recordValue(now - since);
                                outstanding.ended();
                            } else if (now - since > PATIENCE.toNanos()) {
                                // It counts as what it has lasted at least, or the slowest would be
                                // left out.
                                nanos.recordValue(now - since);
                                unseen++;
                                outstanding.ended();
                            } else {
                                client.later(
                                        pauseAfter(now - since),
                                        () -> look(context, balance, since));
                            }
                        })
                .onFailure(
                        failure -> {
                            failed++;
                            outstanding.ended();
                        });
    }

    private static Duration pauseAfter(long nanos) {
        Duration share = Duration.ofNanos(nanos / PAUSES);
        return share.compareTo(SHORTEST_PAUSE) > 0 ? share : SHORTEST_PAUSE;
    }

    static long balanceIn(JsonObject context) {
        return context.getJsonObject("loyalty").getLong("balance");
    }

    /** After the last {@link #watch}. */
    void noMoreToCome() {
        outstanding.noMoreToCome();
    }

    /** Returns when every watched context has shown its points, or was given up. */
    Seen await() throws InterruptedException {
        outstanding.await();
        return new Seen(nanos, unseen, failed);
    }

    /**
     * {@code unseen}: points that did not show in half a minute; {@code failed}: reads that did.
     */
    record Seen(Histogram nanos, int unseen, int failed) {}
}
