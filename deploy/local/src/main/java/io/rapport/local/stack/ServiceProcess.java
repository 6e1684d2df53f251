package io.rapport.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One packaged service in a process of its own, with its own database and ports and a small heap.
 */
public final class ServiceProcess extends StackPart {
    /**
     * Keeps a service under 300 MiB resident: heap, classes, compiled code and threads. One that
     * has run out of memory ends, because nobody knows which of its threads still work.
     */
    private static final List<String> MEMORY =
            List.of(
                    "-Xms64m",
                    "-Xmx128m",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:ReservedCodeCacheSize=64m",
                    "-XX:MaxDirectMemorySize=32m",
                    "-XX:+ExitOnOutOfMemoryError");

    private final ServiceName service;
    private final int httpPort;
    private final int managementPort;
    private final LocalSecrets secrets;
    private final HttpClient http;
    private final ClassArchive classes;
    private final Jvm jvm;
    private volatile Map<String, String> surroundings = Map.of();

    /** {@code number} tells the processes of one service apart; the first is 0. */
    ServiceProcess(
            ServiceName service,
            int number,
            LocalFolder folder,
            LocalPorts ports,
            Children children,
            LocalSecrets secrets,
            HttpClient http,
            Jvm jvm) {
        super(
                number == 0 ? service.label() : service.label() + "-replica-" + number,
                "TERM",
                folder,
                ports,
                children);
        this.service = service;
        this.httpPort = LocalPorts.ofReplica(ports.http(service), number);
        this.managementPort = LocalPorts.ofReplica(ports.management(service), number);
        this.secrets = secrets;
        this.http = http;
        this.jvm = jvm;
        this.classes =
                new ClassArchive(
                        folder.serviceJar(service), folder.logs().resolve(name() + ".classes"));
    }

    public ServiceName service() {
        return service;
    }

    /** Where its API answers. */
    public String url() {
        return "http://" + LocalPorts.HOST + ":" + httpPort;
    }

    /** Environment variables that it finds at each start, beside its own. */
    public Map<String, String> surroundings() {
        return surroundings;
    }

    /** From its next start on. */
    public void surroundWith(Map<String, String> variables) {
        surroundings = Map.copyOf(variables);
    }

    @Override
    Launch launch() {
        if (!Files.exists(folder.serviceJar(service))) {
            throw new CannotGoOn(
                    name()
                            + " is not built: ./rapport up builds it, or ./mvnw -DskipTests package.");
        }
        List<String> command = virtualMachine();
        // The service itself says what is wrong with an address that is no URI.
        command.add("-Dvertx.disableURIValidation=true");
        command.addAll(classes.options());
        settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (service == ServiceName.INTERACTION) {
            command.add(
                    "-Drapport.inbound.partners.%1$s.sources=%1$s".formatted(KafkaTopics.PARTNER));
        }
        command.add("-jar");
        command.add(folder.serviceJar(service).toString());
        Map<String, String> environment = new HashMap<>(surroundings);
        // The C library keeps free memory in each arena; two are enough here.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put(
                "RAPPORT_DATABASE_PASSWORD", secrets.databasePassword(service.applicationRole()));
        environment.put(
                "RAPPORT_DATABASE_MIGRATION_PASSWORD",
                secrets.databasePassword(service.ownerRole()));
        if (service == ServiceName.CUSTOMER) {
            environment.put("RAPPORT_ERASED_IDENTITIES_KEY", secrets.erasedIdentitiesKey());
            environment.put(
                    "RAPPORT_ERASURE_COMPACTION_LAG", KafkaTopics.COMPACTION_LAG.toString());
        }
        return new Launch(command, environment);
    }

    private List<String> virtualMachine() {
        List<String> command = jvm.command();
        command.addAll(MEMORY);
        // What the libraries need, so that no log begins with a warning about them.
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        return command;
    }

    /** Makes the archive of its classes if there is none; returns when that has ended, however. */
    void archiveClasses() {
        try {
            classes.make(virtualMachine(), command -> runBehind("classes", command));
        } catch (CannotGoOn stopped) {
            // The stack is being stopped, or the disk is full: nothing depends on an archive.
        }
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("quarkus.profile", "local"),
                Map.entry("quarkus.http.host", LocalPorts.HOST),
                Map.entry("quarkus.http.port", Integer.toString(httpPort)),
                Map.entry("quarkus.management.host", LocalPorts.HOST),
                Map.entry("quarkus.management.port", Integer.toString(managementPort)),
                Map.entry("quarkus.oidc.public-key", secrets.publicKey()),
                Map.entry("quarkus.oidc.token.issuer", LocalToken.ISSUER),
                Map.entry("quarkus.oidc.token.audience", LocalToken.AUDIENCE),
                Map.entry("quarkus.log.console.json.enabled", "false"),
                Map.entry("rapport.database.url", ports.jdbcUrlOfServices(service.database())),
                Map.entry("rapport.database.username", service.applicationRole()),
                Map.entry("rapport.database.migration-username", service.ownerRole()),
                Map.entry("rapport.kafka.bootstrap-servers", ports.bootstrapServersOfServices()),
                Map.entry(
                        "rapport.topics.min-partitions", Integer.toString(KafkaTopics.PARTITIONS)));
    }

    @Override
    boolean ready() {
        URI health =
                URI.create(
                        "http://%s:%d/q/health/ready".formatted(LocalPorts.HOST, managementPort));
        HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
