package io.rapport.bench.backlog;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.RelayHold;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.HighestMemory;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A long outbox: how fast it drains and what memory that takes more than a tenth of it, which comes
 * first and warms the service; how fast customer-service applies its events into the context, and
 * how fast it replays them beside that, with a comparison.
 */
public final class Backlog implements Benchmark {
    private static final double DRAIN = 20_000;
    private static final double APPLY = 10_000;
    private static final double MEMORY = 1.15;
    private static final int TIMES = 10;

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public String summary() {
        return "a long outbox drained, its events applied into the context, and replayed";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            List<Figure> figures = new ArrayList<>();
            long events = drain(lab, stack, figures);
            try (ContextRows context = new ContextRows(stack);
                    LoadClient admin = lab.client(stack, 1, "admin")) {
                stack.service(ServiceName.CUSTOMER).start();
                figures.add(applied(context, events));
                stack.service(ServiceName.CUSTOMER).awaitReady();
                figures.add(replayed(stack, admin, context, events));
            }
            return figures;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private static long drain(Lab lab, Stack stack, List<Figure> figures)
            throws SQLException, InterruptedException {
        try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
            Customers customers =
                    lab.customersKnownTo(stack, client, List.of(ServiceName.INTERACTION));
            stack.service(ServiceName.CUSTOMER).stop();
            int each = lab.pace().backlogEach();
            Events outbox = new Events(stack, customers);
            Drained few = drain(lab, stack, outbox, each / TIMES);
            Drained many = drain(lab, stack, outbox, each);
            figures.add(
                    Figure.of("relay-drain", many.drain().perSecond(), Unit.PER_SECOND)
                            .aimingAt(Target.atLeast(DRAIN))
                            .beside("CPU µs/event: " + Processes.micros(many.micros()))
                            .detail("events", many.drain().events()));
            figures.add(
                    Figure.of("resident while it drains", many.mebibytes(), Unit.MEBIBYTES)
                            .against(few.mebibytes())
                            .aimingAt(Target.atMost(MEMORY))
                            .beside("limit: while %,d drained".formatted(few.drain().events())));
            return few.drain().events() + many.drain().events();
        }
    }

    /** {@code mebibytes} is the most that was resident, from before the outbox was filled on. */
    private record Drained(RelayHold.Drain drain, Map<String, Double> micros, double mebibytes) {}

    private static Drained drain(Lab lab, Stack stack, Events outbox, int each)
            throws SQLException, InterruptedException {
        try (RelayHold hold = new RelayHold(stack, ServiceName.INTERACTION);
                HighestMemory memory =
                        new HighestMemory(stack.service(ServiceName.INTERACTION).pid())) {
            long events = outbox.publish(each);
            lab.say("draining %,d events", events);
            CpuMeter cpu = Processes.of(stack, ServiceName.INTERACTION);
            Map<String, Long> before = cpu.look();
            RelayHold.Drain drain = hold.release();
            return new Drained(drain, cpu.since(before, events), memory.highest() / 1024.0);
        }
    }

    private static Figure applied(ContextRows context, long events)
            throws SQLException, InterruptedException {
        ContextRows.Applied applied = context.await(1, events);
        return Figure.of("consumer-apply", applied.perSecond(), Unit.PER_SECOND)
                .aimingAt(Target.atLeast(APPLY))
                .beside("by a service that has just been started, so warming up is in it")
                .detail("events", applied.events());
    }

    private static Figure replayed(Stack stack, LoadClient admin, ContextRows context, long events)
            throws SQLException, InterruptedException {
        Replay replay = new Replay(admin, stack.ports().http(ServiceName.CUSTOMER));
        int generation = replay.begin();
        CpuMeter cpu = Processes.of(stack, ServiceName.CUSTOMER);
        Map<String, Long> before = cpu.look();
        ContextRows.Applied applied = context.await(generation, events);
        Map<String, Double> micros = cpu.since(before, events);
        Replay.Comparison compared = replay.compare();
        return Figure.of("replay", applied.perSecond(), Unit.PER_SECOND)
                .beside("CPU µs/event: " + Processes.micros(micros))
                .beside(
                        "%,d customers compared, %,d rows differ, %,d customers not settled"
                                .formatted(
                                        compared.customers(),
                                        compared.differences(),
                                        compared.unsettled()))
                .detail("differences", compared.differences())
                .detail("cpuMicrosPerOperation", micros);
    }
}
