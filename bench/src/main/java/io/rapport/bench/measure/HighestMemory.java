package io.rapport.bench.measure;

import io.rapport.local.stack.ResidentMemory;
import java.time.Duration;
import java.util.OptionalLong;

/** The most memory that a process held while this was open, looked at four times a second. */
public final class HighestMemory implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final OptionalLong before;
    private final Sampler sampler;
    private volatile long highest;

    public HighestMemory(long pid) {
        this.before = ResidentMemory.kibibytes(pid);
        this.highest = before.orElse(0);
        this.sampler = new Sampler("memory", EVERY, () -> look(pid));
    }

    private void look(long pid) {
        ResidentMemory.kibibytes(pid).ifPresent(now -> highest = Math.max(highest, now));
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
        sampler.close();
    }
}
