package io.rapport.bench.importing;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.importing.ImportCalls.Ended;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.HighestMemory;
import io.rapport.bench.measure.Latencies;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Files of customers taken in by customer-service alone, small ones to warm it up, and then a large
 * one: how fast, and how much more memory it takes than the last of the small ones.
 */
public final class CustomerImport implements Benchmark {
    private static final double PER_SECOND = 2_000;
    private static final double MEMORY = 1.15;
    private static final int TIMES = 10;

    @Override
    public String name() {
        return "customer-import";
    }

    @Override
    public String summary() {
        return "a file of customers taken in and compared, the same again, and the memory that it takes";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            stack.service(ServiceName.CUSTOMER).start();
            stack.service(ServiceName.CUSTOMER).awaitReady();
            ImportCalls imports = new ImportCalls(stack);
            int few = lab.pace().customers();
            int many = TIMES * few;
            lab.say("%,d customers at a time to warm up, then %,d", few, many);
            int warm = 0;
            for (Instant end = Instant.now().plus(lab.pace().warm());
                    Instant.now().isBefore(end); ) {
                imports.run(new CustomerFile("warm" + warm, few, many + few * warm++));
            }
            long fewTook = memoryOf(new CustomerFile("few", few, 0), imports, stack);
            CustomerFile file = new CustomerFile("many", many, 0);
            Histogram fsync = lab.fsync();
            CpuMeter cpu = Processes.of(stack, ServiceName.CUSTOMER);
            try (HighestMemory memory =
                    new HighestMemory(stack.service(ServiceName.CUSTOMER).pid())) {
                Map<String, Long> before = cpu.look();
                Ended first = imports.run(file);
                Map<String, Double> micros = cpu.since(before, many);
                Ended again = imports.run(file);
                fsync.add(lab.fsync());
                requireAll(first.created(), many);
                requireAll(again.unchanged(), many);
                requireAll(first.compared(), many);
                return List.of(
                        rate("customer-import", first)
                                .aimingAt(Target.atLeast(PER_SECOND))
                                .beside("CPU µs/customer: " + Processes.micros(micros))
                                .beside("fsync of the data folder: " + Latencies.text(fsync))
                                .detail("cpuMicrosPerOperation", micros)
                                .detail("customers", many),
                        Figure.of("compared", first.comparedPerSecond(), Unit.PER_SECOND)
                                .beside("afterwards, with those born on the same day"),
                        rate("the same file again", again),
                        memory(memory, fewTook, few));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private static Figure rate(String name, Ended ended) {
        return Figure.of(name, ended.perSecond(), Unit.PER_SECOND)
                .beside("from its start until all rows are read, without the upload");
    }

    private static long memoryOf(CustomerFile file, ImportCalls imports, Stack stack)
            throws IOException, InterruptedException {
        try (HighestMemory memory = new HighestMemory(stack.service(ServiceName.CUSTOMER).pid())) {
            imports.run(file);
            return memory.highest();
        }
    }

    private static Figure memory(HighestMemory memory, long fewTook, int few) {
        return Figure.of("resident while it runs", memory.highest() / 1024.0, Unit.MEBIBYTES)
                .against(fewTook / 1024.0)
                .aimingAt(Target.atMost(MEMORY))
                .beside("limit: during an import of %,d".formatted(few));
    }

    private static void requireAll(long rows, int expected) {
        if (rows != expected) {
            throw new CannotGoOn(
                    "%,d of %,d rows became what they should, so the speed says nothing."
                            .formatted(rows, expected));
        }
    }
}
