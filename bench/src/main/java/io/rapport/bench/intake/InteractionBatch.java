package io.rapport.bench.intake;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.ClosedLoop;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.RelayHold;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Median;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/**
 * Batches of a thousand interactions taken in by interaction-service alone: messages whose words
 * are found afterwards, then purchases, which have none. Nothing is relayed meanwhile.
 */
public final class InteractionBatch implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.INTERACTION;
    private static final double PER_SECOND = 8_000;
    private static final int LINES = 1_000;

    // More than there are cores only wait for each other.
    private static final int CALLERS = 4;

    private final AtomicLong number = new AtomicLong();

    @Override
    public String name() {
        return "interaction-batch";
    }

    @Override
    public String summary() {
        return "batches of 1,000 interactions, with words that can be found and without";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of(SERVICE));
                stack.service(ServiceName.CUSTOMER).stop();
                RelayHold hold = new RelayHold(stack, SERVICE);
                try (hold) {
                    LongFunction<String> message =
                            n -> Told.message(Customers.SOURCE, customer(customers), "m-" + n);
                    LongFunction<String> purchase =
                            n -> Told.purchase(customer(customers), "p-" + n);
                    return List.of(
                            taken(lab, stack, client, "interaction-batch", message)
                                    .aimingAt(Target.atLeast(PER_SECOND)),
                            taken(lab, stack, client, "without words", purchase));
                }
            }
        }
    }

    private static String customer(Customers customers) {
        return customers.reference(customers.any());
    }

    private Figure taken(
            Lab lab, Stack stack, LoadClient client, String name, LongFunction<String> line)
            throws IOException, SQLException {
        ClosedLoop batches =
                new ClosedLoop(
                        client,
                        CALLERS,
                        () ->
                                Call.batch(
                                        stack.ports().http(SERVICE),
                                        "/interactions/batch",
                                        lines(line)));
        lab.say("warming for %d s", lab.pace().warm().toSeconds());
        batches.run(lab.pace().warm());
        long before = recorded(stack);
        CpuMeter cpu = Processes.of(stack, SERVICE);
        Map<String, Long> begun = cpu.look();
        List<Load> turns = new ArrayList<>();
        Histogram nanos = Latencies.empty();
        for (int i = 0; i < lab.pace().turns(); i++) {
            Load turn = batches.run(lab.pace().turn());
            turns.add(turn);
            nanos.add(turn.nanos());
        }
        long sent = LINES * turns.stream().mapToLong(Load::operations).sum();
        Map<String, Double> each = cpu.since(begun, sent);
        if (recorded(stack) - before != sent) {
            throw new CannotGoOn("Not all lines were recorded, so the speed says nothing.");
        }
        double rate = Median.of(turns.stream().mapToDouble(Load::perSecond)) * LINES;
        Histogram fsync = lab.fsync();
        return Figure.of(name, rate, Unit.PER_SECOND)
                .beside("CPU µs/interaction: " + Processes.micros(each))
                .beside(
                        "%d callers, %,d lines a batch; response times: %s"
                                .formatted(CALLERS, LINES, Latencies.text(nanos)))
                .beside("fsync of the data folder: " + Latencies.text(fsync))
                .detail("cpuMicrosPerOperation", each)
                .detail("interactions", sent)
                .detail("responseMillis", Latencies.percentiles(nanos));
    }

    private String lines(LongFunction<String> line) {
        long first = number.getAndAdd(LINES);
        return LongStream.range(first, first + LINES)
                .mapToObj(line)
                .collect(Collectors.joining("\n"));
    }

    private static long recorded(Stack stack) throws SQLException {
        try (Connection connection = stack.postgres().connectAsSuperuser(SERVICE.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM interaction")) {
            row.next();
            return row.getLong(1);
        }
    }
}
