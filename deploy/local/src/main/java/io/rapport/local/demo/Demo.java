package io.rapport.local.demo;

import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.LocalSecrets;
import io.rapport.local.stack.LocalToken;
import io.rapport.local.stack.ServiceName;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads an invoice file into a running stack through its public API and proves that every service
 * holds it. Loading the same file again changes nothing.
 */
public final class Demo {
    private final LocalFolder folder;
    private final SuiteClient client;
    private final LoadOptions options;
    private final PrintStream out;
    private final boolean terminal;

    /** {@code terminal} asks for progress bars; without it each step says one line. */
    public Demo(
            LocalFolder folder,
            LocalPorts ports,
            LoadOptions options,
            PrintStream out,
            boolean terminal) {
        LocalToken who = new LocalToken(Set.of("agent"), "local-demo", List.of());
        this.folder = folder;
        this.client =
                new SuiteClient(
                        ports,
                        who.signed(LocalSecrets.of(folder), Clock.systemUTC()),
                        options.patience());
        this.options = options;
        this.out = out;
        this.terminal = terminal;
    }

    /** Without a file the bundled extract is loaded. */
    public DemoResult run(@Nullable Path path) {
        InvoiceFile file = path == null ? InvoiceFile.bundled() : InvoiceFile.read(path);
        for (ServiceName service : ServiceName.values()) {
            client.requireRunning(service);
        }
        Report report = new Report(out);
        report.file(file);
        WeekShift shift = shiftFor(file);
        report.shift(file, shift);

        CustomerLoad customers = new CustomerLoad(client, options);
        Progress registering =
                progress("Customers", CustomerLoad.firstOfEach(file.invoices()).size());
        customers.run(file.invoices(), registering);
        registering.finish();

        List<BadLine> leftOut = new ArrayList<>(file.badLines());
        List<Invoice> loadable = withoutRefused(file.invoices(), customers.refused(), leftOut);
        DemoResult result = loadAndProve(loadable, shift, leftOut);
        report.result(result);
        return result;
    }

    private DemoResult loadAndProve(
            List<Invoice> invoices, WeekShift shift, List<BadLine> leftOut) {
        PropagationProbe probe = new PropagationProbe(client, options.source());
        InvoiceLoad load = new InvoiceLoad(client, options, shift, probe);
        long begun = System.nanoTime();
        Duration took;
        try (probe) {
            Progress loading = progress("Invoices", invoices.size());
            load.run(invoices, loading);
            took = Duration.ofNanos(System.nanoTime() - begun);
            loading.finish();
        }
        leftOut.addAll(load.refused());
        leftOut.sort(Comparator.comparingLong(BadLine::line));

        Map<String, Expectation> expectations = Expectation.of(load.accepted());
        Proof proof = new Proof(client, options, load.versions());
        Progress proving = progress("Proof", expectations.size());
        proof.run(expectations, proving);
        proving.finish();
        return new DemoResult(
                expectations.size(),
                load.recorded(),
                load.known(),
                List.copyOf(leftOut),
                took,
                probe.latencies(),
                probe.skipped() + probe.unseen(),
                proof.differences(),
                proof.holdings());
    }

    private WeekShift shiftFor(InvoiceFile file) {
        if (options.asIs()) {
            return WeekShift.NONE;
        }
        return file.lastDay()
                .map(day -> WeekShift.kept(folder.demoShift(), day, Clock.systemUTC()))
                .orElse(WeekShift.NONE);
    }

    private static List<Invoice> withoutRefused(
            List<Invoice> invoices, Map<String, String> refused, List<BadLine> leftOut) {
        List<Invoice> loadable = new ArrayList<>();
        for (Invoice invoice : invoices) {
            String reason = refused.get(invoice.customer());
            if (reason == null) {
                loadable.add(invoice);
            } else {
                leftOut.add(new BadLine(invoice.line(), "its customer was refused: " + reason));
            }
        }
        return loadable;
    }

    private Progress progress(String label, long total) {
        return new Progress(out, terminal, label, total);
    }
}
