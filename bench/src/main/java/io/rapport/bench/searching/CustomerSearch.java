package io.rapport.bench.searching;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Ratio;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.ClosedLoop;
import io.rapport.bench.load.JdbcLoop;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.Rounds;
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Outcome;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * Customers looked for by names with one typo: one name of five letters or more, against the same
 * statements over plain JDBC; then a given and a family name.
 */
public final class CustomerSearch implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.CUSTOMER;
    private static final int CUSTOMERS_EACH = 100;
    private static final int QUERIES = 2_000;
    private static final int LOOKED_AT = 200;
    private static final int SHORTEST = 5;

    /** As many as there are cores on a small machine: times of more would be those of a queue. */
    private static final int CALLERS = 2;

    private static final double P95_MILLIS = 50;

    @Override
    public String name() {
        return "customer-search";
    }

    @Override
    public String summary() {
        return "POST /customers/search by names with one typo";
    }

    @Override
    public List<Figure> measure(Lab lab) throws SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            stack.service(SERVICE).start();
            stack.service(SERVICE).awaitReady();
            int customers = lab.pace().customers() * CUSTOMERS_EACH;
            lab.say("writing %,d customers", customers);
            NamedCustomers.write(stack, customers);
            RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
            List<NamedCustomers.Name> names =
                    NamedCustomers.drawn(stack, QUERIES, customers, random);
            try (LoadClient client = lab.client(stack, CALLERS, "agent")) {
                List<Figure> figures = new ArrayList<>();
                figures.addAll(oneName(lab, stack, client, Misspelled.single(names, random)));
                figures.addAll(twoNames(lab, stack, client, Misspelled.both(names, random)));
                return figures;
            }
        }
    }

    private static List<Figure> oneName(
            Lab lab, Stack stack, LoadClient client, List<Misspelled> queries) {
        ClosedLoop http = new ClosedLoop(client, CALLERS, () -> call(stack, any(queries)));
        try (JdbcLoop raw =
                JdbcLoop.open(
                        stack,
                        SERVICE,
                        CALLERS,
                        connection -> new RawSearch(connection, () -> any(queries)))) {
            boolean same = lab.compareStatements(stack, SERVICE, http, RawSearch.STATEMENTS);
            Outcome outcome = lab.run(new Contest(http, raw, Processes.of(stack, SERVICE)));
            List<Figure> figures = new ArrayList<>();
            figures.add(
                    Ratio.figure("customer-search", SERVICE, outcome)
                            .beside("by one name, %d callers".formatted(CALLERS))
                            .detail("sameStatements", same));
            figures.addAll(times("customer-search by one name ", Outcome.nanos(outcome.subject())));
            figures.add(found("found by one name", stack, client, queries));
            return figures;
        }
    }

    private static List<Figure> twoNames(
            Lab lab, Stack stack, LoadClient client, List<Misspelled> queries) {
        ClosedLoop http = new ClosedLoop(client, CALLERS, () -> call(stack, any(queries)));
        http.run(lab.pace().warm());
        Load load = http.run(lab.pace().turn().multipliedBy(lab.pace().turns()));
        List<Figure> figures = new ArrayList<>();
        figures.addAll(times("customer-search by two names ", load.nanos()));
        figures.add(found("found by two names", stack, client, queries));
        return figures;
    }

    private static List<Figure> times(String name, Histogram nanos) {
        return List.of(
                Figure.of(name + "p50", Latencies.millis(nanos, 50), Unit.MILLISECONDS),
                Figure.of(name + "p95", Latencies.millis(nanos, 95), Unit.MILLISECONDS)
                        .aimingAt(Target.below(P95_MILLIS))
                        .beside(Latencies.text(nanos))
                        .detail("responseMillis", Latencies.percentiles(nanos)));
    }

    /** How many first pages hold a customer of the name that was meant. */
    private static Figure found(
            String name, Stack stack, LoadClient client, List<Misspelled> queries) {
        List<Misspelled> some = queries.subList(0, Math.min(LOOKED_AT, queries.size()));
        List<JsonObject> answers =
                new Rounds(client, CALLERS)
                        .sendAll(some.size(), index -> call(stack, some.get(index)));
        long found = 0;
        for (int i = 0; i < some.size(); i++) {
            found += some.get(i).isAmong(answers.get(i)) ? 1 : 0;
        }
        return Figure.of(name, 100.0 * found / some.size(), Unit.PERCENT)
                .beside("%,d first pages were looked at".formatted(some.size()));
    }

    private static Misspelled any(List<Misspelled> queries) {
        return queries.get(ThreadLocalRandom.current().nextInt(queries.size()));
    }

    private static Call call(Stack stack, Misspelled query) {
        return Call.ask(
                stack.ports().http(SERVICE),
                "/customers/search",
                new JsonObject().put("query", query.typed()).encode());
    }

    static boolean isLongEnough(String name) {
        return name.length() >= SHORTEST;
    }
}
