package io.rapport.bench.propagation;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.ConnectionWatch;
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
 * Purchases at a fixed rate, each followed by who made it: the account, no older than the purchase,
 * then the context, no older than both. The rate is the higher one of propagation, so that both
 * tell of the same load; at it, a service that is half a second behind has as many waiters as it
 * allows.
 */
public final class ReadYourWrites implements Benchmark {
    private static final int PER_SECOND = 500;
    private static final double FULL_PERCENT = 99;

    /** More than the 256 that may wait at a service at once, so that its bound is met, not ours. */
    private static final int CONNECTIONS = 320;

    /** quarkus.datasource.jdbc.max-size of every service. */
    private static final int POOL = 12;

    @Override
    public String name() {
        return "read-your-writes";
    }

    @Override
    public String summary() {
        return "each of 500 purchases/s read back from the account and from the context, no older"
                + " than itself";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        return lab.onAllServices(
                CONNECTIONS,
                (stack, client, customers) ->
                        measure(lab, stack, new PurchaseFlow(client, stack.ports(), customers)));
    }

    private static List<Figure> measure(Lab lab, Stack stack, PurchaseFlow flow)
            throws IOException, SQLException, InterruptedException {
        lab.say(
                "warming for %d s and rehearsing for %d s, then measuring for %d s",
                lab.pace().warm().toSeconds(),
                lab.pace().turn().toSeconds(),
                lab.pace().openLoop().toSeconds());
        flow.warm(Lab.CALLERS, lab.pace().warm());
        flow.runWithReads(new Schedule(PER_SECOND, lab.pace().turn()));
        CpuMeter cpu = Processes.of(stack, ServiceName.values());
        Map<String, Long> before = cpu.look();
        try (ConnectionWatch connections = new ConnectionWatch(stack)) {
            PurchaseFlow.Followed measured =
                    flow.runWithReads(new Schedule(PER_SECOND, lab.pace().openLoop()));
            Load answered = measured.answered();
            Turn turn = new Turn(answered, cpu.since(before, answered.operations()));
            List<Figure> figures = new ArrayList<>(promise(measured.chains()));
            figures.addAll(times(measured.chains().full(), turn, measured.refused(), lab.fsync()));
            figures.add(inUse(connections, ServiceName.LOYALTY));
            figures.add(inUse(connections, ServiceName.CUSTOMER));
            return figures;
        }
    }

    private static List<Figure> promise(ChainCounts chains) {
        long account = chains.notYetSeenAt(ChainRead.ACCOUNT);
        long context = chains.notYetSeenAt(ChainRead.CONTEXT);
        Figure full =
                Figure.of("reads answered in full", chains.fullPercent(), Unit.PERCENT)
                        .aimingAt(Target.atLeast(FULL_PERCENT))
                        .beside(
                                "%,d of %,d purchases; not seen in 2 s: account %,d, context %,d; others: %s"
                                        .formatted(
                                                chains.full().getTotalCount(),
                                                chains.chains(),
                                                account,
                                                context,
                                                chains.broken().isEmpty()
                                                        ? "none"
                                                        : chains.broken()))
                        .detail("chains", chains.chains())
                        .detail("notYetSeenAccount", account)
                        .detail("notYetSeenContext", context)
                        .detail("broken", chains.broken());
        Figure stale =
                Figure.of("stale answers", (double) chains.stale(), Unit.COUNT)
                        .aimingAt(Target.atMost(0))
                        .beside(
                                "account %,d, context %,d"
                                        .formatted(
                                                chains.staleAt(ChainRead.ACCOUNT),
                                                chains.staleAt(ChainRead.CONTEXT)));
        return List.of(full, stale);
    }

    private static List<Figure> times(Histogram full, Turn turn, Refused refused, Histogram fsync) {
        Figure p99 =
                millis("read-your-writes p99", full, 99)
                        .beside(
                                "both reads, from when the purchase was due, of those answered in full")
                        .beside(
                                "purchase answered, from when it was due: "
                                        + Latencies.text(turn.load().nanos()))
                        .beside(
                                "CPU µs/purchase, both reads included: "
                                        + Processes.micros(turn.cpuMicros()))
                        .beside(Processes.others(List.of(turn)))
                        .beside("fsync of the data folder: " + Latencies.text(fsync))
                        .detail("millis", Latencies.percentiles(full))
                        .detail("answeredMillis", Latencies.percentiles(turn.load().nanos()))
                        .detail("cpuMicrosPerOperation", turn.cpuMicros())
                        .detail("fsyncMillis", Latencies.percentiles(fsync));
        return List.of(
                millis("read-your-writes p50", full, 50),
                p99,
                Figure.of("purchases meanwhile", turn.load().perSecond(), Unit.PER_SECOND)
                        .beside(
                                "of %s that were due; %s"
                                        .formatted(Unit.PER_SECOND.text(PER_SECOND), refused))
                        .detail("refused", refused.byWhy()));
    }

    private static Figure millis(String name, Histogram nanos, double percentile) {
        return Figure.of(name, Latencies.millis(nanos, percentile), Unit.MILLISECONDS);
    }

    private static Figure inUse(ConnectionWatch connections, ServiceName service) {
        return Figure.of(
                        service.label() + ", connections in use at most",
                        connections.highest(service),
                        Unit.COUNT)
                .beside("of " + POOL + " in its pool; who waits for a version holds none");
    }
}
