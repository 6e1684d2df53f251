package io.rapport.bench.patching;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Ratio;
import io.rapport.bench.frame.Target;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.ClosedLoop;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcLoop;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.RelayHold;
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Outcome;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * One field of a profile patched over HTTP (the customer read, then its next version, the place in
 * its history, the snapshot and the event in one transaction), against that over plain JDBC.
 * Nothing is relayed meanwhile.
 */
public final class ProfilePatch implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.CUSTOMER;
    private static final double TARGET = 0.4;

    @Override
    public String name() {
        return "profile-patch";
    }

    @Override
    public String summary() {
        return "PATCH /customers/{id} over HTTP against the same statements over plain JDBC";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of());
                try (RelayHold _ = new RelayHold(stack, SERVICE)) {
                    return List.of(contest(lab, stack, client, customers));
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
                        () ->
                                Call.patch(
                                        port,
                                        "/customers/" + customers.id(customers.any()),
                                        "{\"occupation\":\"Occupation %d\"}"
                                                .formatted(number.incrementAndGet())));
        try (JdbcLoop raw =
                JdbcLoop.open(
                        stack,
                        SERVICE,
                        Lab.CALLERS,
                        connection -> new RawPatch(connection, customers))) {
            boolean same = lab.compareStatements(stack, SERVICE, http, PatchStatements.ALL);
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
}
