package io.rapport.bench.measure;

import io.rapport.local.stack.ResidentMemory;
import java.time.Duration;

/** The most memory that a process held while this was open, looked at four times a second. */
public final class HighestMemory implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final Sampler sampler;
    private volatile long highest;

    public HighestMemory(long pid) {
        look(pid);
        this.sampler = new Sampler("memory", EVERY, () -> look(pid));
    }

    private void look(long pid) {
        ResidentMemory.kibibytes(pid).ifPresent(now -> highest = Math.max(highest, now));
    }

    /** KiB, the most so far; 0 on a system that does not tell. */
    public long highest() {
        return highest;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
