package io.rapport.bench.recording;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Ratio;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.ClosedLoop;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcLoop;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.RelayHold;
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Outcome;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * A purchase recorded over HTTP (customer looked up, then claim, interaction, sequence and event in
 * one transaction), against that transaction over plain JDBC. Nothing is relayed meanwhile; how
 * fast the outbox drains is measured afterwards.
 */
public final class PurchaseRecord implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.INTERACTION;
    private static final double TARGET = 0.5;

    @Override
    public String name() {
        return "purchase-record";
    }

    @Override
    public String summary() {
        return "POST /interactions over HTTP against the same transaction over plain JDBC; then the"
                + " outbox is drained";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of(SERVICE));
                stack.service(ServiceName.CUSTOMER).stop();
                try (RelayHold hold = new RelayHold(stack, SERVICE)) {
                    Figure recorded = contest(lab, stack, client, customers);
                    return List.of(recorded, drained(lab, stack, hold));
                }
            }
        }
    }

    private Figure contest(Lab lab, Stack stack, LoadClient client, Customers customers)
            throws IOException {
        int port = stack.ports().http(SERVICE);
        AtomicLong number = new AtomicLong();
        ClosedLoop http =
                new ClosedLoop(
                        client,
                        Lab.CALLERS,
                        () -> {
                            String customer = customers.reference(customers.any());
                            String sourceId = "http-" + number.incrementAndGet();
                            return Call.post(
                                    port, "/interactions", Purchase.by(customer, sourceId).json());
                        });
        try (JdbcLoop raw =
                JdbcLoop.open(
                        stack,
                        SERVICE,
                        Lab.CALLERS,
                        connection -> new RawPurchase(connection, customers))) {
            boolean same = lab.compareStatements(stack, SERVICE, http, PurchaseStatements.ALL);
            Histogram fsync = lab.fsync();
            Outcome outcome = lab.run(new Contest(http, raw, Processes.of(stack, SERVICE)));
            fsync.add(lab.fsync());
            return Ratio.figure(name(), SERVICE, outcome, Target.atLeast(TARGET))
                    .beside("fsync of the data folder: " + Latencies.text(fsync))
                    .detail("fsyncMillis", Latencies.percentiles(fsync))
                    .detail("sameStatements", same)
                    .detail("customers", customers.count());
        }
    }

    private static Figure drained(Lab lab, Stack stack, RelayHold hold)
            throws SQLException, IOException {
        lab.say("draining %,d events", hold.waiting());
        CpuMeter cpu = Processes.of(stack, SERVICE);
        Map<String, Long> before = cpu.look();
        try {
            RelayHold.Drain drain = hold.release();
            Map<String, Double> each = cpu.since(before, drain.events());
            Histogram fsync = lab.fsync();
            return Figure.of("outbox-drain", drain.perSecond(), Unit.PER_SECOND)
                    .beside("CPU µs/event: " + Processes.micros(each))
                    .beside("fsync of the data folder: " + Latencies.text(fsync))
                    .detail("events", drain.events())
                    .detail("cpuMicrosPerOperation", each)
                    .detail("fsyncMillis", Latencies.percentiles(fsync));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}
