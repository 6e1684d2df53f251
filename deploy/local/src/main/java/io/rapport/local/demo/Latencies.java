package io.rapport.local.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Measured times, sorted. A percentile is the smallest measured value that so many are at or below:
 * nothing is interpolated.
 */
public record Latencies(long[] sortedNanos) {
    public static Latencies of(Collection<Duration> measured) {
        long[] nanos = measured.stream().mapToLong(Duration::toNanos).toArray();
        Arrays.sort(nanos);
        return new Latencies(nanos);
    }

    public int count() {
        return sortedNanos.length;
    }

    public Duration percentile(double percent) {
        if (sortedNanos.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
        return Duration.ofNanos(sortedNanos[Math.max(rank, 1) - 1]);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %d ms, p99 %d ms, max %d ms",
                percentile(50).toMillis(),
                percentile(99).toMillis(),
                percentile(100).toMillis());
    }
}
