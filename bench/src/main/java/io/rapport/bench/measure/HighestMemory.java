package io.rapport.bench.measure;

import java.time.Duration;
import java.util.OptionalLong;

/** The most memory that a process held while this was open, looked at four times a second. */
public final class HighestMemory implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final long pid;
    private final Thread thread;
    private final OptionalLong before;
    private volatile long highest;

    public HighestMemory(long pid) {
        this.pid = pid;
        this.before = ResidentMemory.kibibytes(pid);
        this.highest = before.orElse(0);
        this.thread = Thread.ofPlatform().daemon().name("memory").start(this::look);
    }

    private void look() {
        try {
            while (true) {
                ResidentMemory.kibibytes(pid).ifPresent(now -> highest = Math.max(highest, now));
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** KiB at the beginning; empty on a system that does not tell. */
    public OptionalLong before() {
        return before;
    }

    /** KiB, the most so far. */
    public long highest() {
        return highest;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
