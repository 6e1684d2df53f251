package io.rapport.local;

import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description =
                "Starts PostgreSQL, Kafka and the four services, and keeps them running until Ctrl-C or ./rapport down.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--fresh",
            description = "Forget all data, keys and logs of earlier runs first.")
    private boolean fresh;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Add N to every port (8081-8084, 9081-9084, 5442, 9192, 9193).")
    private int portOffset;

    private final PrintStream out = System.out;
    private volatile boolean stopping;
    private volatile boolean wasReady;

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        Stack stack = Stack.prepare(LocalFolder.current(), new LocalPorts(portOffset), fresh);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        out.println("Starting PostgreSQL, Kafka and the four services …");
        try {
            stack.start();
        } catch (RuntimeException e) {
            if (stopping) {
                new CountDownLatch(1).await();
            }
            throw e;
        }
        wasReady = true;
        stack.supervise(this::tell);
        printTable(stack, Duration.ofNanos(System.nanoTime() - begun));
        Thread.ofVirtual().start(stack::archiveClasses);
        new CountDownLatch(1).await();
        return 0;
    }

    private void stop(Stack stack) {
        stopping = true;
        if (wasReady) {
            out.println();
            out.println("Stopping the services, Kafka and PostgreSQL …");
        }
        stack.close();
        if (wasReady) {
            out.println(
                    "Stopped. The data stays in "
                            + stack.folder().shown(stack.folder().data())
                            + ".");
            out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private void tell(String line) {
        LocalTime now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        out.println(now + " " + line);
    }

    private void printTable(Stack stack, Duration took) {
        LocalPorts ports = stack.ports();
        LocalFolder folder = stack.folder();
        out.printf(Locale.ROOT, "Ready after %.1f s.%n%n", took.toMillis() / 1000.0);
        out.printf("  %-20s %-24s %s%n", "", "address", "API page");
        for (ServiceName service : ServiceName.values()) {
            String url = ports.url(service);
            out.printf("  %-20s %-24s %s%n", service.label(), url, url + "/q/swagger-ui");
        }
        out.printf("  %-20s %s%n", "Kafka", "localhost:" + ports.kafka());
        out.printf("  %-20s %s%n%n", "PostgreSQL", "localhost:" + ports.postgres());
        out.printf("  A token      ./rapport token agent%n");
        out.printf(
                "  A call       curl -H \"Authorization: Bearer $(./rapport token agent)\" %s/customers%n",
                ports.url(ServiceName.CUSTOMER));
        out.printf("  Real data    ./rapport demo%n");
        out.printf(
                "  A database   PGPASSFILE=%s psql -h localhost -p %d -U customer_app customer%n",
                folder.shown(folder.keys().resolve("pgpass")), ports.postgres());
        out.printf("  Logs         %s%n", folder.shown(folder.logs()));
        out.printf("  Stop         Ctrl-C here, or ./rapport down in another shell%n%n");
        out.flush();
    }
}
