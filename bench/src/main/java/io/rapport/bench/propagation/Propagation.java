package io.rapport.bench.propagation;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Schedule;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Turn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Purchases at one fixed rate after the other on the same stack, all four services running: how
 * long after the answer 201 the context of customer-service shows the points of a purchase, for a
 * random twentieth of them.
 */
public final class Propagation implements Benchmark {
    private static final List<Integer> PER_SECOND = List.of(50, 200, 500);
    private static final int CONNECTIONS = 64;
    private static final double P50_MILLIS = 100;
    private static final double P99_MILLIS = 500;

    @Override
    public String name() {
        return "propagation";
    }

    @Override
    public String summary() {
        return "from the 201 of a purchase until the context shows its points, at 50, 200 and 500"
                + " purchases/s";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        return lab.onAllServices(
                CONNECTIONS,
                (stack, client, customers) ->
                        measure(lab, stack, new PurchaseFlow(client, stack.ports(), customers)));
    }

    private static List<Figure> measure(Lab lab, Stack stack, PurchaseFlow flow)
            throws IOException, InterruptedException {
        lab.say(
                "warming for %d s, then measuring for %d s at each of %s purchases/s",
                lab.pace().warm().toSeconds(), lab.pace().openLoop().toSeconds(), PER_SECOND);
        flow.warm(Lab.CALLERS, lab.pace().warm());
        List<Figure> figures = new ArrayList<>();
        for (int rate : PER_SECOND) {
            figures.addAll(measure(lab, stack, flow, rate));
        }
        return figures;
    }

    private static List<Figure> measure(Lab lab, Stack stack, PurchaseFlow flow, int rate)
            throws IOException, InterruptedException {
        CpuMeter cpu = Processes.of(stack, ServiceName.values());
        Map<String, Long> before = cpu.look();
        PurchaseFlow.Flow measured = flow.run(new Schedule(rate, lab.pace().openLoop()));
        Load answered = measured.answered();
        Turn turn = new Turn(answered, cpu.since(before, answered.operations()));
        return figures("propagation at " + rate + "/s ", measured, turn, lab.fsync());
    }

    private static List<Figure> figures(
            String name, PurchaseFlow.Flow measured, Turn turn, Histogram fsync) {
        ContextWatch.Seen seen = measured.seen();
        Figure p99 =
                millis(name + "p99", seen.nanos(), 99)
                        .aimingAt(Target.below(P99_MILLIS))
                        .beside(
                                "%,d of %,d purchases were watched, %d of them never seen, %d not readable"
                                        .formatted(
                                                seen.nanos().getTotalCount(),
                                                turn.load().operations(),
                                                seen.unseen(),
                                                seen.failed()))
                        .beside(
                                "purchase answered, from when it was due: "
                                        + Latencies.text(turn.load().nanos()))
                        .beside(measured.refused().toString())
                        .beside("CPU µs/purchase: " + Processes.micros(turn.cpuMicros()))
                        .beside(Processes.others(List.of(turn)))
                        .beside("fsync of the data folder: " + Latencies.text(fsync))
                        .detail("watched", seen.nanos().getTotalCount())
                        .detail("unseen", seen.unseen())
                        .detail("failed", seen.failed())
                        .detail("refused", measured.refused().byWhy())
                        .detail("answeredMillis", Latencies.percentiles(turn.load().nanos()))
                        .detail("cpuMicrosPerOperation", turn.cpuMicros())
                        .detail("fsyncMillis", Latencies.percentiles(fsync));
        return List.of(
                millis(name + "p50", seen.nanos(), 50).aimingAt(Target.below(P50_MILLIS)),
                millis(name + "p90", seen.nanos(), 90),
                p99,
                millis(name + "max", seen.nanos(), 100));
    }

    private static Figure millis(String name, Histogram nanos, double percentile) {
        return Figure.of(name, Latencies.millis(nanos, percentile), Unit.MILLISECONDS);
    }
}
