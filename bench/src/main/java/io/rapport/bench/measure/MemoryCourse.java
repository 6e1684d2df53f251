package io.rapport.bench.measure;

import io.rapport.local.stack.ResidentMemory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The memory of several processes by name while this was open, looked at every five seconds. */
public final class MemoryCourse implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int LOOKS_A_MINUTE = 12;

    private final Map<String, List<Long>> kibibytes = new ConcurrentHashMap<>();
    private final Sampler sampler;

    public MemoryCourse(Map<String, Long> pids) {
        this.sampler = new Sampler("memory", EVERY, () -> pids.forEach(this::look));
    }

    private void look(String name, long pid) {
        ResidentMemory.kibibytes(pid)
                .ifPresent(
                        now ->
                                kibibytes
                                        .computeIfAbsent(
                                                name, first -> new CopyOnWriteArrayList<>())
                                        .add(now));
    }

    /** Medians of the first and of the last minute, in MiB. */
    public record Ends(double first, double last) {}

    /** How it went so far with one of them; empty on a system that does not tell. */
    public Optional<Ends> ends(String name) {
        return ends(kibibytes.getOrDefault(name, List.of()));
    }

    /** Where there are not two minutes, the first half and the last. */
    static Optional<Ends> ends(List<Long> kibibytes) {
        List<Long> looks = List.copyOf(kibibytes);
        int each = Math.min(LOOKS_A_MINUTE, looks.size() / 2);
        return each == 0
                ? Optional.empty()
                : Optional.of(
                        new Ends(
                                mebibytes(looks.subList(0, each)),
                                mebibytes(looks.subList(looks.size() - each, looks.size()))));
    }

    private static double mebibytes(List<Long> kibibytes) {
        return Median.of(kibibytes.stream().mapToDouble(Long::doubleValue)) / 1024;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
