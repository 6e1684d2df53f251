package io.rapport.bench.frame;

import static io.rapport.bench.frame.Processes.BENCH;
import static io.rapport.bench.frame.Processes.POSTGRESQL;
import static io.rapport.bench.frame.Processes.micros;

import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Outcome;
import io.rapport.bench.measure.Turn;
import io.rapport.local.stack.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A contest between a service over HTTP and plain JDBC as a figure, with the CPU that both used.
 */
public final class Ratio {
    private Ratio() {}

    /** The service's rate against the limit's. */
    public static Figure figure(String name, ServiceName of, Outcome outcome, Target target) {
        return figure(name, of, outcome).aimingAt(target);
    }

    /** The same, aiming at nothing. */
    public static Figure figure(String name, ServiceName of, Outcome outcome) {
        List<Turn> service = outcome.subject();
        List<Turn> raw = outcome.limit();
        return Figure.of(name, outcome.subjectPerSecond(), Unit.PER_SECOND)
                .against(outcome.limitPerSecond())
                .beside(
                        "CPU µs/operation: %s (service %s + PostgreSQL %s); its caller %s"
                                .formatted(
                                        micros(service, of.label(), POSTGRESQL),
                                        micros(service, of.label()),
                                        micros(service, POSTGRESQL),
                                        micros(service, BENCH)))
                .beside(
                        "    limit: %s (JDBC %s + PostgreSQL %s)"
                                .formatted(
                                        micros(raw, BENCH, POSTGRESQL),
                                        micros(raw, BENCH),
                                        micros(raw, POSTGRESQL)))
                .beside(
                        "response times: %s; limit: %s"
                                .formatted(
                                        Latencies.text(Outcome.nanos(service)),
                                        Latencies.text(Outcome.nanos(raw))))
                .beside(Processes.others(Stream.concat(service.stream(), raw.stream()).toList()))
                .detail("turns", service.stream().map(Ratio::turn).toList())
                .detail("limitTurns", raw.stream().map(Ratio::turn).toList())
                .detail("responseMillis", Latencies.percentiles(Outcome.nanos(service)))
                .detail("limitResponseMillis", Latencies.percentiles(Outcome.nanos(raw)));
    }

    private static Map<String, Object> turn(Turn turn) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("perSecond", turn.load().perSecond());
        entry.put("operations", turn.load().operations());
        entry.put("cpuMicrosPerOperation", turn.cpuMicros());
        return entry;
    }
}
