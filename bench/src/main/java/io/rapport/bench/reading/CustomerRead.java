package io.rapport.bench.reading;

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
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.Outcome;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A customer read by id, and by identity, over HTTP, against the same statement over plain JDBC.
 */
public final class CustomerRead implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.CUSTOMER;
    private static final double TARGET = 0.35;

    @Override
    public String name() {
        return "customer-read";
    }

    @Override
    public String summary() {
        return "a customer read by id, and by identity, over HTTP against the same statement over plain JDBC";
    }

    @Override
    public List<Figure> measure(Lab lab) throws SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of());
                return List.of(
                        contest(lab, stack, client, customers, byId(customers)),
                        contest(lab, stack, client, customers, byIdentity()));
            }
        }
    }

    /** How a customer is named, over HTTP and in SQL. */
    private record Way(
            String name, IntFunction<String> path, String select, RawCustomerRead.Key key) {}

    private static Way byId(Customers customers) {
        return new Way(
                "by id",
                customer -> "/customers/" + customers.id(customer),
                RawCustomerRead.BY_ID,
                (select, customer) -> select.setObject(1, customers.id(customer)));
    }

    private static Way byIdentity() {
        return new Way(
                "by identity",
                customer ->
                        "/customers/by/" + Customers.SOURCE + "/" + Customers.externalId(customer),
                RawCustomerRead.BY_IDENTITY,
                (select, customer) -> {
                    select.setString(1, Customers.SOURCE);
                    select.setString(2, Customers.externalId(customer));
                });
    }

    private Figure contest(Lab lab, Stack stack, LoadClient client, Customers customers, Way way) {
        int port = stack.ports().http(SERVICE);
        ClosedLoop http =
                new ClosedLoop(
                        client,
                        Lab.CALLERS,
                        () -> Call.get(port, way.path().apply(customers.any())));
        try (JdbcLoop raw =
                JdbcLoop.open(
                        stack,
                        SERVICE,
                        Lab.CALLERS,
                        connection ->
                                new RawCustomerRead(
                                        connection, way.select(), way.key(), customers))) {
            boolean same = lab.compareStatements(stack, SERVICE, http, List.of(way.select()));
            Outcome outcome = lab.run(new Contest(http, raw, Processes.of(stack, SERVICE)));
            return Ratio.figure(
                            name() + ", " + way.name(), SERVICE, outcome, Target.atLeast(TARGET))
                    .detail("sameStatements", same)
                    .detail("customers", customers.count());
        }
    }
}
