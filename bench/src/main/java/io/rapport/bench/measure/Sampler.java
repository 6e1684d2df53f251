package io.rapport.bench.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something at once and then at even distances, on a thread of its own, until it is
 * closed. A look that fails is the last, and closing tells of it.
 */
public final class Sampler implements AutoCloseable {
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    public Sampler(String name, Duration every, Runnable look) {
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> look(every, look));
    }

    private void look(Duration every, Runnable look) {
        try {
            while (true) {
                look.run();
                Thread.sleep(every);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** After it nothing is looked at any more, and what was seen is visible to the caller. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
