package io.rapport.bench.load;

import java.time.Duration;

/** When each of a number of calls is due, whatever has become of those before it. */
public record Schedule(int perSecond, Duration time) {
    public Schedule {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one call a second");
        }
    }

    public long count() {
        return time.toNanos() * perSecond / Duration.ofSeconds(1).toNanos();
    }

    /** Nanoseconds from the beginning until the call with this number, from 0, is due. */
    public long dueNanos(long index) {
        return index * Duration.ofSeconds(1).toNanos() / perSecond;
    }
}
