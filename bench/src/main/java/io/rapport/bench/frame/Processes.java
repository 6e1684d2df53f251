package io.rapport.bench.frame;

import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.CpuTime;
import io.rapport.bench.measure.Outcome;
import io.rapport.bench.measure.Turn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Whose CPU time is measured, by name, and how it is told. */
public final class Processes {
    public static final String POSTGRESQL = "PostgreSQL";
    public static final String KAFKA = "Kafka";

    /** This program: the callers, and the JDBC of a limit. */
    public static final String BENCH = "bench";

    private static final String MACHINE = "machine";

    private Processes() {}

    /** A meter of the machine, of database, broker and bench, and of these services. */
    public static CpuMeter of(Stack stack, ServiceName... services) {
        CpuMeter meter =
                new CpuMeter()
                        .with(MACHINE, CpuTime.ofMachine())
                        .with(BENCH, CpuTime.ofThisProcess())
                        .with(POSTGRESQL, CpuTime.ofTree(stack.postgres().pid()))
                        .with(KAFKA, CpuTime.ofTree(stack.kafka().pid()));
        for (ServiceName service : services) {
            meter.with(service.label(), CpuTime.ofTree(stack.service(service).pid()));
        }
        return meter;
    }

    /** CPU microseconds of an operation by these processes together, as a text. */
    public static String micros(List<Turn> turns, String... processes) {
        OptionalDouble micros = Outcome.cpuMicros(turns, processes);
        return micros.isPresent()
                ? String.format(Locale.ROOT, "%.0f", micros.getAsDouble())
                : "unknown";
    }

    /** CPU microseconds of an operation by process, as a text. */
    public static String micros(Map<String, Double> each) {
        List<String> parts = new ArrayList<>();
        each.forEach(
                (name, micros) -> {
                    if (!name.equals(MACHINE)) {
                        parts.add(String.format(Locale.ROOT, "%s %.0f", name, micros));
                    }
                });
        return parts.isEmpty() ? "unknown" : String.join(", ", parts);
    }

    /** How busy the machine was with what is not ours: the figures are clean when it was not. */
    public static String others(List<Turn> turns) {
        OptionalDouble cores = coresOfOthers(turns);
        return cores.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "others on the machine used %.2f of %d cores meanwhile",
                        cores.getAsDouble(),
                        Runtime.getRuntime().availableProcessors())
                : "what others on the machine used meanwhile is unknown";
    }

    static OptionalDouble coresOfOthers(List<Turn> turns) {
        double others = 0;
        double seconds = 0;
        for (Turn turn : turns) {
            Double machine = turn.cpuMicros().get(MACHINE);
            if (machine == null) {
                return OptionalDouble.empty();
            }
            double all = turn.cpuMicros().values().stream().mapToDouble(Double::doubleValue).sum();
            double ours = all - machine;
            others += (machine - ours) * turn.load().operations() / 1e6;
            seconds += turn.load().took().toNanos() / 1e9;
        }
        return OptionalDouble.of(Math.max(0, others / seconds));
    }
}
