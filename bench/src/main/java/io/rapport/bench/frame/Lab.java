package io.rapport.bench.frame;

import com.google.errorprone.annotations.FormatMethod;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.StatementWatch;
import io.rapport.bench.measure.Contest;
import io.rapport.bench.measure.FsyncProbe;
import io.rapport.bench.measure.Outcome;
import io.rapport.bench.measure.Side;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.Jvm;
import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.LocalToken;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What benchmarks work with: stacks in a data folder and on ports of their own, callers, and a
 * place to say what goes on. The stack that was prepared last is stopped when the program is.
 */
public final class Lab {
    /** Callers, connections and threads of every comparison. */
    public static final int CALLERS = 8;

    private static final List<ServiceName> OTHERS =
            List.of(ServiceName.INTERACTION, ServiceName.LOYALTY, ServiceName.FEEDBACK);

    private final LocalFolder folder;
    private final Pace pace;
    private final @Nullable Path file;
    private final PrintStream out;
    private volatile @Nullable Stack stack;

    public Lab(LocalFolder suite, Pace pace, @Nullable Path file, PrintStream out) {
        this.folder = new LocalFolder(suite.root(), suite.data().resolve("bench-stack"));
        this.pace = pace;
        this.file = file;
        this.out = out;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopStack, "stop"));
    }

    /** A stack without any data, of which nothing is started yet. The caller closes it. */
    public Stack emptyStack() {
        return prepared(true, Jvm.SOON_WARM);
    }

    /** What is measured while all four services run. */
    public interface Workload {
        List<Figure> measure(Stack stack, LoadClient client, Customers customers)
                throws IOException, SQLException, InterruptedException;
    }

    /** Runs it on an empty stack, with an agent's client and customers whom every service knows. */
    public List<Figure> onAllServices(int connections, Workload workload)
            throws IOException, SQLException {
        try (Stack stack = emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = client(stack, connections, "agent")) {
                Customers customers = customersKnownTo(stack, client, OTHERS);
                return workload.measure(stack, client, customers);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.", e);
            }
        }
    }

    /** The same as {@link #emptyStack} with JVMs that are tuned as in production. */
    public Stack emptyStackForLongRun() {
        return prepared(true, Jvm.LONG_RUN);
    }

    /** A stack with the data that the one before has left. The caller closes it. */
    public Stack stackAgain() {
        return prepared(false, Jvm.SOON_WARM);
    }

    private Stack prepared(boolean fresh, Jvm jvm) {
        Stack prepared = Stack.prepare(folder, LocalPorts.free(), fresh, jvm);
        stack = prepared;
        return prepared;
    }

    private void stopStack() {
        Stack running = stack;
        if (running != null) {
            running.close();
        }
    }

    /** A client that speaks in a role. The caller closes it. */
    public LoadClient client(Stack of, int connections, String role) {
        String token = of.token(new LocalToken(Set.of(role), "local-bench", List.of()));
        return new LoadClient(connections, token);
    }

    /** Nanoseconds in which the disk of the data folder makes a block durable. */
    public Histogram fsync() throws IOException {
        return FsyncProbe.run(folder.data(), pace.fsync());
    }

    /** Runs a contest at this lab's pace. */
    public Outcome run(Contest contest) {
        say(
                "warming both sides for %d s each, then %d turns of %d s each",
                pace.warm().toSeconds(), pace.turns(), pace.turn().toSeconds());
        return contest.run(pace.warm(), pace.turn(), pace.turns());
    }

    /**
     * Whether a service runs the statements of its limit; if not it is said, because the ratio then
     * says little.
     */
    public boolean compareStatements(
            Stack of, ServiceName service, Side load, List<String> statements) {
        StatementWatch.Seen seen =
                new StatementWatch(of, service).watch(load, pace.turn(), statements);
        seen.missing()
                .forEach(
                        statement ->
                                say(
                                        "WARNING: %s did not run this statement of its"
                                                + " limit:%n%s%nbut these:%n%s",
                                        service.label(), statement, String.join("\n", seen.ran())));
        return seen.missing().isEmpty();
    }

    /**
     * Starts customer-service and these, registers customers and returns when each of these knows
     * them all.
     */
    public Customers customersKnownTo(Stack of, LoadClient client, List<ServiceName> services)
            throws SQLException {
        List<ServiceName> all = new ArrayList<>(services);
        all.add(ServiceName.CUSTOMER);
        all.forEach(service -> of.service(service).start());
        all.forEach(service -> of.service(service).awaitReady());
        Customers customers = Customers.register(client, of.ports(), CALLERS, pace.customers());
        for (ServiceName service : services) {
            customers.awaitKnownTo(of, service);
        }
        return customers;
    }

    public Pace pace() {
        return pace;
    }

    /** The file that is to be loaded instead of the bundled extract. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    @FormatMethod
    public void say(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }
}
