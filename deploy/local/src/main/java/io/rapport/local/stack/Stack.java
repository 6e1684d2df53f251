package io.rapport.local.stack;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka and the four services on this machine, as processes of their own. Started in
 * order (database and broker beside each other, then the services beside each other) and stopped in
 * the opposite order. Closing leaves no process and keeps the data. One stack at a time uses a data
 * folder.
 */
public final class Stack implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);

    private final LocalFolder folder;
    private final LocalPorts ports;
    private final StackLock lock;
    private final LocalSecrets secrets;
    private final Children children;
    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);
    private final Map<ServiceName, List<ServiceProcess>> replicas =
            new EnumMap<>(ServiceName.class);
    private @Nullable Supervision supervision;
    private boolean closed;

    private Stack(
            LocalFolder folder, LocalPorts ports, StackLock lock, LocalSecrets secrets, Jvm jvm) {
        this.folder = folder;
        this.ports = ports;
        this.lock = lock;
        this.secrets = secrets;
        this.children = new Children(folder.processes());
        this.postgres = new PostgresServer(folder, ports, children, secrets);
        this.kafka = new KafkaBroker(folder, ports, children, jvm);
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build();
        for (ServiceName service : ServiceName.values()) {
            services.put(service, process(service, 0, http, jvm));
            replicas.put(
                    service,
                    List.of(process(service, 1, http, jvm), process(service, 2, http, jvm)));
        }
    }

    private ServiceProcess process(ServiceName service, int number, HttpClient http, Jvm jvm) {
        return new ServiceProcess(service, number, folder, ports, children, secrets, http, jvm);
    }

    /**
     * Takes the folder, ends what an earlier run left in it, and with {@code fresh} forgets its
     * data. Nothing is started yet.
     */
    public static Stack prepare(LocalFolder folder, LocalPorts ports, boolean fresh) {
        return prepare(folder, ports, fresh, Jvm.SOON_WARM);
    }

    /** The same for a stack whose JVMs are tuned for something else. */
    public static Stack prepare(LocalFolder folder, LocalPorts ports, boolean fresh, Jvm jvm) {
        folder.prepare();
        try {
            StackLock lock = StackLock.acquire(folder);
            try {
                Children.endLeftovers(folder.processes());
                ports.requireFree();
                if (fresh) {
                    folder.forget();
                    folder.prepare();
                }
                folder.rollLogs();
                folder.keepOffset(ports.offset());
                return new Stack(folder, ports, lock, LocalSecrets.openOrCreate(folder), jvm);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot use " + folder.data(), e);
        }
    }

    /**
     * Starts everything and returns when all are ready, or stops everything and says what went
     * wrong.
     */
    public void start() {
        try {
            startInfrastructure();
            startServices();
        } catch (CannotGoOn e) {
            close();
            throw e;
        }
    }

    /** Database with its roles, and broker with its topics; no service. */
    public void startInfrastructure() {
        besideEachOther(
                List.of(
                        () -> {
                            postgres.start();
                            postgres.awaitReady();
                            Databases databases = new Databases(postgres, secrets);
                            databases.create();
                            writePasswordFile(databases);
                        },
                        () -> {
                            kafka.start();
                            kafka.awaitReady();
                            KafkaTopics.create(ports.bootstrapServers());
                        }));
    }

    private void startServices() {
        List<Runnable> starts = new ArrayList<>();
        services.values().forEach(service -> starts.add(service::start));
        starts.forEach(Runnable::run);
        services.values().forEach(StackPart::awaitReady);
    }

    /** From now on a part that dies is told of and started again. */
    public synchronized void supervise(Consumer<String> tell) {
        Supervision watching = new Supervision(tell);
        watching.watch(parts().toList());
        supervision = watching;
    }

    /**
     * Makes what services that have just been built start quicker with the next time, one after the
     * other and behind all other work. Returns when that is done, or the stack is closed.
     */
    public void archiveClasses() {
        services.values().forEach(ServiceProcess::archiveClasses);
    }

    public LocalFolder folder() {
        return folder;
    }

    public LocalPorts ports() {
        return ports;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public ServiceProcess service(ServiceName name) {
        ServiceProcess service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name.label());
        }
        return service;
    }

    /**
     * A second and a third process of a service on the same database, on ports of their own. They
     * are started, stopped and watched by the caller; closing the stack stops them too.
     */
    public List<ServiceProcess> replicas(ServiceName name) {
        return replicas.getOrDefault(name, List.of());
    }

    /** Every process of every service, whether it runs or not. */
    public List<ServiceProcess> allProcesses() {
        return Stream.concat(
                        services.values().stream(),
                        replicas.values().stream().flatMap(List::stream))
                .toList();
    }

    /** A token that the services of this stack accept. */
    public String token(LocalToken token) {
        return token.signed(secrets, Clock.systemUTC());
    }

    /**
     * Stops, from another process, what runs in a folder, or ends what a killed supervisor left
     * behind. Answers false when there was nothing.
     */
    public static boolean stopRunning(LocalFolder folder) {
        try {
            return StackLock.stopRunning(folder, STOP_PATIENCE);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot use " + folder.data(), e);
        }
    }

    private Stream<StackPart> parts() {
        return Stream.concat(Stream.of(postgres, kafka), services.values().stream());
    }

    /**
     * Stops services, broker and database, in this order. May be called from another thread, and
     * twice.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (supervision != null) {
            supervision.end();
        }
        children.close();
        try {
            List<Runnable> stops = new ArrayList<>();
            allProcesses().forEach(service -> stops.add(service::stop));
            besideEachOther(stops);
            kafka.stop();
            postgres.stop();
        } finally {
            forgetProcesses();
        }
    }

    private void forgetProcesses() {
        try {
            children.forget();
            lock.close();
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + folder.data(), e);
        }
    }

    private void writePasswordFile(Databases databases) {
        try {
            databases.writePasswordFile(folder, ports);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + folder.keys(), e);
        }
    }

    private static void besideEachOther(List<Runnable> tasks) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> running =
                    tasks.stream().map(task -> CompletableFuture.runAsync(task, threads)).toList();
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            if (e.getCause() instanceof CannotGoOn reason) {
                throw reason;
            }
            throw e;
        }
    }
}
