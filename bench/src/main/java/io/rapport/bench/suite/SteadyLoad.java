package io.rapport.bench.suite;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.OpenLoop;
import io.rapport.bench.load.Schedule;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.MemoryCourse;
import io.rapport.bench.measure.Turn;
import io.rapport.bench.recording.Purchase;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Purchases for ten minutes at a rate that two cores carry with ease, so that what grows is not a
 * backlog: whether the memory of each service stays what it was in the first minute, and whether
 * anything waits afterwards.
 */
public final class SteadyLoad implements Benchmark {
    private static final int PER_SECOND = 100;
    private static final int CONNECTIONS = 64;
    private static final double GROWTH = 1.1;

    @Override
    public String name() {
        return "steady-load";
    }

    @Override
    public String summary() {
        return "the memory of each service over ten minutes of 100 purchases/s";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        return lab.onAllServices(
                CONNECTIONS,
                (stack, client, customers) ->
                        measure(lab, stack, client, purchases(stack, customers)));
    }

    private static OpenLoop.Script purchases(Stack stack, Customers customers) {
        int port = stack.ports().http(ServiceName.INTERACTION);
        AtomicLong number = new AtomicLong();
        return OpenLoop.calling(
                index -> {
                    String customer = customers.reference(customers.any());
                    String sourceId = "steady-" + number.incrementAndGet();
                    return Call.post(port, "/interactions", Purchase.by(customer, sourceId).json());
                });
    }

    private static List<Figure> measure(
            Lab lab, Stack stack, LoadClient client, OpenLoop.Script purchases)
            throws IOException, InterruptedException {
        lab.say(
                "warming for %d s, then measuring for %d s",
                lab.pace().warm().toSeconds(), lab.pace().steady().toSeconds());
        OpenLoop loop = new OpenLoop(client);
        loop.run(new Schedule(PER_SECOND, lab.pace().warm()), purchases);
        CpuMeter cpu = Processes.of(stack, ServiceName.values());
        Map<String, Long> before = cpu.look();
        List<Figure> figures = new ArrayList<>();
        Load answered;
        try (MemoryCourse memory = new MemoryCourse(pids(stack))) {
            answered = loop.run(new Schedule(PER_SECOND, lab.pace().steady()), purchases);
            for (ServiceName service : ServiceName.values()) {
                memory.ends(service.label())
                        .ifPresent(ends -> figures.add(resident(service, ends)));
            }
        }
        Turn turn = new Turn(answered, cpu.since(before, answered.operations()));
        Thread.sleep(lab.pace().settled());
        figures.addAll(waiting(lab, Waiting.of(stack.ports()), turn));
        return figures;
    }

    private static Map<String, Long> pids(Stack stack) {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            pids.put(service.label(), stack.service(service).pid());
        }
        return pids;
    }

    private static Figure resident(ServiceName service, MemoryCourse.Ends ends) {
        return Figure.of(
                        service.label() + ", resident in the last minute",
                        ends.last(),
                        Unit.MEBIBYTES)
                .against(ends.first())
                .aimingAt(Target.atMost(GROWTH))
                .beside("against the first minute's");
    }

    private static List<Figure> waiting(Lab lab, Waiting waiting, Turn turn) throws IOException {
        Figure pending =
                Figure.of("events in outboxes after it", waiting.pending(), Unit.COUNT)
                        .aimingAt(Target.atMost(0));
        Figure lag =
                Figure.of("records not applied after it", waiting.lag(), Unit.COUNT)
                        .aimingAt(Target.atMost(0))
                        .beside(
                                "%,d purchases, answered from when they were due: %s"
                                        .formatted(
                                                turn.load().operations(),
                                                Latencies.text(turn.load().nanos())))
                        .beside("CPU µs/purchase: " + Processes.micros(turn.cpuMicros()))
                        .beside(Processes.others(List.of(turn)))
                        .beside("fsync of the data folder: " + Latencies.text(lab.fsync()))
                        .detail("purchases", turn.load().operations())
                        .detail("answeredMillis", Latencies.percentiles(turn.load().nanos()))
                        .detail("cpuMicrosPerOperation", turn.cpuMicros());
        return List.of(pending, lag);
    }
}
