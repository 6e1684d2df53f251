package io.rapport.local.demo;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures, while a load runs, how long it takes from the answer to a batch until the context of
 * customer-service shows the points of one of its rows. The row's version token is sent to
 * loyalty-service, which answers when it has seen the row, with a token of its own; that one is
 * sent to customer-service, which answers when it has seen the points. Rows are drawn at random; a
 * draw that finds all probes busy is counted, because it would have been a slow one.
 */
final class PropagationProbe implements AutoCloseable {
    private static final int PROBES_AT_ONCE = 32;
    private static final int ROWS_OF_A_BATCH = 5;

    private final SuiteClient client;
    private final String source;
    private final Semaphore free = new Semaphore(PROBES_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Collection<Duration> measured = new ConcurrentLinkedQueue<>();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder unseen = new LongAdder();

    PropagationProbe(SuiteClient client, String source) {
        this.client = client;
        this.source = source;
    }

    /**
     * Draws from the rows of a batch that were new; {@code versions} holds a token for each of
     * their customers.
     */
    void sample(List<Invoice> fresh, Map<String, String> versions, long answeredAtNanos) {
        for (int i = 0; i < Math.min(ROWS_OF_A_BATCH, fresh.size()); i++) {
            Invoice row = fresh.get(ThreadLocalRandom.current().nextInt(fresh.size()));
            String version = versions.get(row.customer());
            if (version == null) {
                continue;
            }
            if (free.tryAcquire()) {
                threads.execute(() -> measure(row, version, answeredAtNanos));
            } else {
                skipped.increment();
            }
        }
    }

    /** Waits for the probes that are under way. */
    @Override
    public void close() {
        threads.close();
    }

    Latencies latencies() {
        return Latencies.of(measured);
    }

    /** Draws that were not measured because {@value #PROBES_AT_ONCE} probes were still waiting. */
    long skipped() {
        return skipped.sum();
    }

    /** Probes that ended without having seen the points. */
    long unseen() {
        return unseen.sum();
    }

    private void measure(Invoice row, String version, long answeredAtNanos) {
        try {
            String customer = SuiteClient.segment(source + ":" + row.customer());
            Answer account =
                    client.get(ServiceName.LOYALTY, "/loyalty/accounts/" + customer, version);
            Answer context =
                    client.get(
                            ServiceName.CUSTOMER,
                            "/customers/" + customer + "/context",
                            account.version().orElse(version));
            if (account.ok() && context.ok()) {
                measured.add(Duration.ofNanos(System.nanoTime() - answeredAtNanos));
            } else {
                unseen.increment();
            }
        } catch (CannotGoOn e) {
            unseen.increment();
        } finally {
            free.release();
        }
    }
}
