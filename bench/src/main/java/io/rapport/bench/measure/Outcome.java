package io.rapport.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** The turns of a contest; every figure is the median of a side's turns. */
public record Outcome(List<Turn> subject, List<Turn> limit) {
    public double subjectPerSecond() {
        return perSecond(subject);
    }

    public double limitPerSecond() {
        return perSecond(limit);
    }

    /** CPU microseconds that these processes together use for an operation; empty when unknown. */
    public static OptionalDouble cpuMicros(List<Turn> turns, String... processes) {
        boolean known =
                turns.stream()
                        .allMatch(
                                turn -> turn.cpuMicros().keySet().containsAll(List.of(processes)));
        return known
                ? OptionalDouble.of(
                        Median.of(turns.stream().mapToDouble(turn -> sum(turn, processes))))
                : OptionalDouble.empty();
    }

    /** The nanoseconds of all operations of a side. */
    public static Histogram nanos(List<Turn> turns) {
        Histogram all = Latencies.empty();
        turns.forEach(turn -> all.add(turn.load().nanos()));
        return all;
    }

    private static double perSecond(List<Turn> turns) {
        return Median.of(turns.stream().mapToDouble(turn -> turn.load().perSecond()));
    }

    private static double sum(Turn turn, String... processes) {
        return Arrays.stream(processes)
                .mapToDouble(name -> turn.cpuMicros().getOrDefault(name, 0.0))
                .sum();
    }
}
