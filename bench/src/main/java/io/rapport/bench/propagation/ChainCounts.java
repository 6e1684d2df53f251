package io.rapport.bench.propagation;

import io.rapport.bench.measure.Latencies;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How chains of reads have ended. For one thread. */
final class ChainCounts {
    private final Histogram full = Latencies.empty();
    private final Map<ChainRead, Long> stale = new EnumMap<>(ChainRead.class);
    private final Map<ChainRead, Long> notYetSeen = new EnumMap<>(ChainRead.class);
    private final Map<String, Long> broken = new TreeMap<>();
    private long chains;

    /** Every read showed what was promised. */
    void answeredInFull(long nanos) {
        chains++;
        full.recordValue(nanos);
    }

    void stale(ChainRead at) {
        chains++;
        stale.merge(at, 1L, Long::sum);
    }

    void notYetSeen(ChainRead at) {
        chains++;
        notYetSeen.merge(at, 1L, Long::sum);
    }

    /** {@code why} is a status, or what came instead of one. */
    void broken(ChainRead at, String why) {
        chains++;
        broken.merge(at.service().label() + " " + why, 1L, Long::sum);
    }

    long chains() {
        return chains;
    }

    /** Nanoseconds of those that were answered in full. */
    Histogram full() {
        return full;
    }

    /** 0 when there is no chain. */
    double fullPercent() {
        return chains == 0 ? 0 : 100.0 * full.getTotalCount() / chains;
    }

    long stale() {
        return stale.values().stream().mapToLong(Long::longValue).sum();
    }

    long staleAt(ChainRead at) {
        return stale.getOrDefault(at, 0L);
    }

    long notYetSeenAt(ChainRead at) {
        return notYetSeen.getOrDefault(at, 0L);
    }

    /** By service and reason. */
    Map<String, Long> broken() {
        return broken;
    }
}
