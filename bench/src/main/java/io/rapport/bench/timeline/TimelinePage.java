package io.rapport.bench.timeline;

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
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.Outcome;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.SQLException;
import java.util.List;

/**
 * The newest fifty interactions of a customer among 10,000,000, over HTTP, against the same
 * statement over plain JDBC; and how many pages of the database that touches, against what it
 * touched while there were 100,000.
 */
public final class TimelinePage implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.INTERACTION;
    private static final double RATIO = 0.35;

    // Indexes of a hundred times as many rows are a level deeper, and nothing else may grow.
    private static final double BUFFERS = 1.25;
    private static final int EACH = 1_000;
    private static final int FEW_EACH = 10;

    @Override
    public String name() {
        return "timeline-page";
    }

    @Override
    public String summary() {
        return "the newest 50 of a customer's interactions over HTTP against the same statement over plain JDBC";
    }

    @Override
    public List<Figure> measure(Lab lab) throws SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of(SERVICE));
                stack.service(ServiceName.CUSTOMER).stop();
                try (History history = new History(stack, customers)) {
                    long few = history.writeUpTo((long) FEW_EACH * customers.count());
                    try (PageBuffers buffers = new PageBuffers(stack)) {
                        double before = buffers.mean();
                        lab.say("writing %,d interactions", (long) EACH * customers.count());
                        long many = history.writeUpTo((long) EACH * customers.count());
                        return List.of(
                                contest(lab, stack, client, customers, many),
                                buffers(buffers, before, few));
                    }
                }
            }
        }
    }

    private Figure contest(
            Lab lab, Stack stack, LoadClient client, Customers customers, long interactions) {
        int port = stack.ports().http(SERVICE);
        ClosedLoop http =
                new ClosedLoop(
                        client,
                        Lab.CALLERS,
                        () ->
                                Call.get(
                                        port,
                                        "/interactions?limit=%d&customer=%s"
                                                .formatted(
                                                        RawTimelinePage.ROWS,
                                                        customers.id(customers.any()))));
        try (JdbcLoop raw =
                JdbcLoop.open(
                        stack,
                        SERVICE,
                        Lab.CALLERS,
                        connection ->
                                new RawTimelinePage(
                                        connection, () -> customers.id(customers.any())))) {
            boolean same =
                    lab.compareStatements(stack, SERVICE, http, List.of(RawTimelinePage.PAGE));
            Outcome outcome = lab.run(new Contest(http, raw, Processes.of(stack, SERVICE)));
            return Ratio.figure(name(), SERVICE, outcome, Target.atLeast(RATIO))
                    .beside(
                            "among %,d interactions of %,d customers, each one's scattered"
                                    .formatted(interactions, customers.count()))
                    .detail("interactions", interactions)
                    .detail("sameStatements", same);
        }
    }

    private static Figure buffers(PageBuffers buffers, double before, long few)
            throws SQLException {
        return Figure.of("pages of the database that it touches", buffers.mean(), Unit.COUNT)
                .against(before)
                .aimingAt(Target.atMost(BUFFERS))
                .beside("limit: among %,d interactions".formatted(few))
                .detail("customers", buffers.customers());
    }
}
