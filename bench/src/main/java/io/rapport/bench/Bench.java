package io.rapport.bench;

import io.rapport.bench.backlog.Backlog;
import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Machine;
import io.rapport.bench.frame.Pace;
import io.rapport.bench.frame.Report;
import io.rapport.bench.frame.Results;
import io.rapport.bench.importing.CustomerImport;
import io.rapport.bench.intake.InboundTopic;
import io.rapport.bench.intake.InteractionBatch;
import io.rapport.bench.patching.ProfilePatch;
import io.rapport.bench.propagation.Propagation;
import io.rapport.bench.propagation.ReadYourWrites;
import io.rapport.bench.reading.CustomerRead;
import io.rapport.bench.recording.PurchaseRecord;
import io.rapport.bench.searching.CustomerSearch;
import io.rapport.bench.segmenting.Segments;
import io.rapport.bench.suite.DemoLoad;
import io.rapport.bench.suite.StartupAndMemory;
import io.rapport.bench.suite.SteadyLoad;
import io.rapport.bench.timeline.TimelinePage;
import io.rapport.local.Entrance;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Entrance of {@code ./rapport bench}. A target that is missed is printed, not failed; exit code 1
 * means that something could not be measured.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the suite on stacks of its own, and prints and keeps the figures.")
public final class Bench implements Callable<Integer> {
    private static final List<Benchmark> ALL =
            List.of(
                    new CustomerRead(),
                    new CustomerSearch(),
                    new ProfilePatch(),
                    new PurchaseRecord(),
                    new TimelinePage(),
                    new InteractionBatch(),
                    new InboundTopic(),
                    new Propagation(),
                    new ReadYourWrites(),
                    new Backlog(),
                    new CustomerImport(),
                    new Segments(),
                    new StartupAndMemory(),
                    new SteadyLoad(),
                    new DemoLoad());

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "customer-read, customer-search, profile-patch, purchase-record, timeline-page,"
                            + " interaction-batch, inbound-topic, propagation, read-your-writes,"
                            + " backlog, customer-import, segments,"
                            + " startup-and-memory, steady-load, load (default: all).")
    private final List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Try it out: short, and too short for good figures.")
    private boolean quick;

    @Option(
            names = "--warm",
            paramLabel = "SECONDS",
            description = "How long everything is warmed (default: 60, with --quick 8).")
    private @Nullable Integer warmSeconds;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Invoices for the benchmark load, as ./rapport demo takes them.")
    private @Nullable Path file;

    private final PrintStream out = System.out;

    private Bench() {}

    /** Measures and ends the JVM. */
    public static void main(String[] arguments) {
        Entrance.run(new CommandLine(new Bench()), arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<Benchmark> chosen = Entrance.chosen("benchmark", ALL, Benchmark::name, names);
        Instant begun = Instant.now();
        Pace usual = quick ? Pace.QUICK : Pace.FULL;
        Pace pace =
                warmSeconds == null ? usual : usual.withWarmUpOf(Duration.ofSeconds(warmSeconds));
        LocalFolder folder = LocalFolder.current();
        Map<String, Object> machine = Machine.described();
        out.printf("On %s%n", machine);
        if (Machine.loadAverage() > 1) {
            out.println("The machine is busy already; a quiet one gives better figures.");
        }
        Lab lab = new Lab(folder, pace, file, out);
        Results results = new Results(begun, pace, machine);
        List<Figure> all = new ArrayList<>();
        boolean complete = true;
        for (Benchmark benchmark : chosen) {
            List<Figure> figures = measured(benchmark, lab);
            results.add(benchmark, figures);
            all.addAll(figures);
            complete &= !figures.isEmpty();
        }
        out.println();
        Report.print(all, out);
        Path written = results.write(folder.data().resolve("bench"));
        out.printf("%nKept in %s%n", folder.shown(written));
        return complete ? 0 : 1;
    }

    /** One that cannot be measured does not keep the others from it. */
    private List<Figure> measured(Benchmark benchmark, Lab lab) {
        out.printf("%n%s: %s%n", benchmark.name(), benchmark.summary());
        try {
            return benchmark.measure(lab);
        } catch (CannotGoOn | IOException | SQLException e) {
            out.printf("  %s could not be measured: %s%n", benchmark.name(), e.getMessage());
            return List.of();
        }
    }
}
