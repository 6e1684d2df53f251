package io.rapport.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Outcome of a load and its proof. {@code differences} is by customer number and empty when every
 * service holds what the file says; {@code recorded} were new, {@code known} were there already,
 * {@code leftOut} could not be loaded; {@code propagationUnmeasured} are probes that were drawn and
 * not measured to their end.
 */
public record DemoResult(
        int customers,
        long recorded,
        long known,
        List<BadLine> leftOut,
        Duration loading,
        Latencies propagation,
        long propagationUnmeasured,
        Map<String, String> differences,
        List<Holding> holdings) {

    /** Interactions settled in a second, new ones and known ones. */
    public double perSecond() {
        return (recorded + known) / Math.max(1e-3, loading.toNanos() / 1e9);
    }

    /** The points of all customers together, as the contexts show them. */
    public long points() {
        return holdings.stream().mapToLong(Holding::points).sum();
    }
}
