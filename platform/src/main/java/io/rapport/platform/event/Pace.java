package io.rapport.platform.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the begins of two batches apart, so that what comes one by one is taken several at once: a
 * batch costs a transaction, however small it is. The first after a silence waits for nothing. For
 * one thread.
 */
final class Pace {

    private final long leastNanos;
    private long begunAtNanos;

    Pace(Duration least) {
        this.leastNanos = least.toNanos();
        this.begunAtNanos = System.nanoTime() - leastNanos;
    }

    void begin() {
        begunAtNanos = System.nanoTime();
    }

    /** Sleeps until the least time since the last begin has passed. */
    void rest() {
        try {
            TimeUnit.NANOSECONDS.sleep(begunAtNanos + leastNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
