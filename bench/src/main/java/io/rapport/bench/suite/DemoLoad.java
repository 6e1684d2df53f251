package io.rapport.bench.suite;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Median;
import io.rapport.local.demo.DemoResult;
import io.rapport.local.demo.LoadOptions;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How fast purchases come in through the batch endpoint, all four services running and each load
 * proven afterwards: a file once, or the bundled extract several times, each time as another
 * shop's.
 */
public final class DemoLoad implements Benchmark {
    private static final double PER_SECOND = 1_000;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String summary() {
        return "the demo's loader with the bundled extract, or with --file";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        try (Stack stack = lab.emptyStack()) {
            stack.start();
            Histogram fsync = lab.fsync();
            CpuMeter cpu = Processes.of(stack, ServiceName.values());
            Map<String, Long> before = cpu.look();
            List<DemoResult> results = load(lab, new DemoRun(lab, stack));
            long operations = results.stream().mapToLong(DemoResult::recorded).sum();
            Map<String, Double> each = cpu.since(before, operations);
            fsync.add(lab.fsync());
            return List.of(
                    figure(results)
                            .beside("CPU µs/purchase, proof included: " + Processes.micros(each))
                            .beside("fsync of the data folder: " + Latencies.text(fsync))
                            .detail("cpuMicrosPerOperation", each)
                            .detail("fsyncMillis", Latencies.percentiles(fsync)));
        }
    }

    private static List<DemoResult> load(Lab lab, DemoRun run) {
        if (lab.file().isPresent()) {
            return List.of(run.load(lab.file().get(), LoadOptions.USUAL));
        }
        List<DemoResult> results = new ArrayList<>();
        for (int shop = 0; shop <= lab.pace().repeats(); shop++) {
            results.add(run.load(null, as("shop-" + shop)));
        }
        return results;
    }

    private static LoadOptions as(String source) {
        LoadOptions usual = LoadOptions.USUAL;
        return new LoadOptions(
                source,
                usual.connections(),
                usual.batchLines(),
                usual.patience(),
                usual.asIs(),
                usual.sent());
    }

    /** Of several loads the first, which meets services that have just started, stands apart. */
    private static Figure figure(List<DemoResult> results) {
        List<Double> rates = results.stream().map(DemoResult::perSecond).toList();
        List<Double> warm = rates.size() == 1 ? rates : rates.subList(1, rates.size());
        double rate = Median.of(warm.stream().mapToDouble(Double::doubleValue));
        return Figure.of("load", rate, Unit.PER_SECOND)
                .aimingAt(Target.atLeast(PER_SECOND))
                .beside(
                        "%,d interactions of %,d customers in a load; the first load after the start: %s"
                                .formatted(
                                        results.getLast().recorded(),
                                        results.getLast().customers(),
                                        Unit.PER_SECOND.text(rates.getFirst())))
                .detail("loads", rates)
                .detail("interactions", results.getLast().recorded());
    }
}
