package io.rapport.bench.measure;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What was done in a while: operations, and the nanoseconds that each took. */
public record Load(Duration took, Histogram nanos) {
    public long operations() {
        return nanos.getTotalCount();
    }

    public double perSecond() {
        return operations() * 1e9 / Math.max(1, took.toNanos());
    }
}
