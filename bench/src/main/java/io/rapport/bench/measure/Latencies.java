package io.rapport.bench.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds, exact to 0.1 %, and their percentiles in milliseconds. */
public final class Latencies {
    private static final int SIGNIFICANT_DIGITS = 3;

    private Latencies() {}

    /** Takes any value, and grows with the largest. For one thread. */
    public static Histogram empty() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }

    /** The smallest value that so many percent are at or below; 0 when there is none. */
    public static double millis(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0
                ? 0
                : nanos.getValueAtPercentile(percentile) / (double) Duration.ofMillis(1).toNanos();
    }

    /** p50, p90, p99 and the largest, in milliseconds. */
    public static Map<String, Double> percentiles(Histogram nanos) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", millis(nanos, 50));
        percentiles.put("p90", millis(nanos, 90));
        percentiles.put("p99", millis(nanos, 99));
        percentiles.put("max", millis(nanos, 100));
        return percentiles;
    }

    /** For a line of text: {@code p50 1.2 ms, p99 4.5 ms}. */
    public static String text(Histogram nanos) {
        return String.format(
                Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", millis(nanos, 50), millis(nanos, 99));
    }
}
