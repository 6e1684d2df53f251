package io.rapport.bench.segmenting;

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
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Outcome;
import io.rapport.bench.measure.Side;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A customer's profile written while there are 100 segments, against none, by turns. */
public final class Segments implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.CUSTOMER;
    private static final double TARGET = 0.8;
    private static final int SEGMENTS = 100;
    private static final int CUSTOMERS_EACH = 10;
    private static final int JOBS = 105;

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public String summary() {
        return "a profile written with 100 segments over 100,000 customers, against none";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            stack.service(SERVICE).start();
            stack.service(SERVICE).awaitReady();
            int count = lab.pace().customers() * CUSTOMERS_EACH;
            lab.say("registering %,d customers", count);
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = Customers.register(client, stack.ports(), Lab.CALLERS, count);
                ManySegments segments = new ManySegments(stack, SEGMENTS);
                long begun = System.nanoTime();
                segments.make();
                double seconds = (System.nanoTime() - begun) / 1e9;
                return List.of(
                        contest(lab, stack, client, customers, segments),
                        Figure.of(
                                "100 segments decided for all", count / seconds, Unit.PER_SECOND));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private Figure contest(
            Lab lab, Stack stack, LoadClient client, Customers customers, ManySegments segments) {
        int port = stack.ports().http(SERVICE);
        ClosedLoop writes = new ClosedLoop(client, Lab.CALLERS, () -> write(port, customers));
        Side without =
                time -> {
                    segments.takeOut();
                    try {
                        return writes.run(time);
                    } finally {
                        segments.putBack();
                    }
                };
        Outcome outcome = lab.run(new Contest(writes, without, Processes.of(stack, SERVICE)));
        return Figure.of(name(), outcome.subjectPerSecond(), Unit.PER_SECOND)
                .against(outcome.limitPerSecond())
                .aimingAt(Target.atLeast(TARGET))
                .beside("limit: the same writes without a segment")
                .beside(
                        "response times: %s; limit: %s"
                                .formatted(
                                        Latencies.text(Outcome.nanos(outcome.subject())),
                                        Latencies.text(Outcome.nanos(outcome.limit()))))
                .detail("segments", SEGMENTS)
                .detail("customers", customers.count());
    }

    /** The profile that the customer has, with another occupation, which a tenth of them read. */
    private static Call write(int port, Customers customers) {
        int index = customers.any();
        int job = ThreadLocalRandom.current().nextInt(JOBS);
        String profile =
                """
                {"kind": "PERSON", "displayName": "Customer %1$d", "givenName": "Given %1$d",
                 "familyName": "Family %1$d", "language": "en-GB", "timeZone": "Europe/London", "country": "GB",
                 "occupation": "job %2$d"}"""
                        .formatted(index, job);
        String path = "/customers/by/" + customers.reference(index).replace(':', '/');
        return new Call(HttpMethod.PUT, port, path, profile, null, 200);
    }
}
