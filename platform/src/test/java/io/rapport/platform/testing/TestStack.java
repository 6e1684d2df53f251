package io.rapport.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A process of its own with one PostgreSQL and one Kafka broker, shared by the test JVMs of a run.
 * It ends, and its data with it, when no test JVM has held a connection for {@link #IDLE}, or when
 * somebody deletes its directory.
 */
final class TestStack {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(500);

    private TestStack() {}

    /** Arguments: the stack's name, its own directory, and the file to write its address to. */
    public static void main(String[] arguments) {
        quieten();
        try {
            run(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
            System.exit(0);
        } catch (Exception e) {
            Logger.getLogger(TestStack.class.getName())
                    .log(Level.SEVERE, "The test stack failed", e);
            System.exit(1);
        }
    }

    private static void run(String name, Path home, Path addressFile) throws Exception {
        Files.createDirectories(home);
        CompletableFuture<EmbeddedBroker> broker =
                CompletableFuture.supplyAsync(() -> startBroker(home.resolve("kafka")));
        EmbeddedPostgres postgres = startPostgres(home.resolve("postgres"));
        guard(home);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, broker, home)));
        try (ControlSocket control = ControlSocket.open(name)) {
            new StackAddress(name, control.port(), postgres.getPort(), broker.join().port())
                    .write(addressFile);
            while (Files.exists(home) && !control.closeWhenIdleFor(IDLE)) {
                Thread.sleep(GLANCE);
            }
        }
    }

    private static EmbeddedPostgres startPostgres(Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.INHERIT)
                .setErrorRedirector(Redirect.INHERIT)
                .setServerConfig("max_connections", "300")
                // Commits become visible as in production; nobody needs the data after a power cut.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "off")
                .start();
    }

    private static EmbeddedBroker startBroker(Path directory) {
        try {
            return EmbeddedBroker.start(directory);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka did not start", e);
        }
    }

    private static void stop(
            EmbeddedPostgres postgres, CompletableFuture<EmbeddedBroker> broker, Path home) {
        try {
            postgres.close();
            if (broker.isDone() && !broker.isCompletedExceptionally()) {
                broker.join().close();
            }
            delete(home);
        } catch (IOException e) {
            Logger.getLogger(TestStack.class.getName()).log(Level.WARNING, "Not all is stopped", e);
        }
    }

    private static void delete(Path home) throws IOException {
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /**
     * Starts a shell that outlives this process, however it ends, by a moment: its standard input
     * closes then, and it stops PostgreSQL if that still runs and deletes the data. Where there is
     * no shell only an orderly end does.
     */
    private static void guard(Path home) throws IOException {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return;
        }
        String script =
                """
                trap '' INT TERM HUP
                read -r postmaster
                cat > /dev/null
                if ps -p "$postmaster" -o args= | grep -qF "$1"; then
                    kill -QUIT "$postmaster"
                    sleep 1
                fi
                rm -rf "$1"
                """;
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", script, "test-stack-guard", home.toString())
                        .redirectOutput(Redirect.INHERIT)
                        .redirectError(Redirect.INHERIT)
                        .start();
        String postmaster = Files.readAllLines(home.resolve("postgres/postmaster.pid")).getFirst();
        shell.outputWriter().append(postmaster).append('\n').flush();
    }

    /**
     * Kafka tells a lot below WARN, and the log manager of Quarkus would keep all of it in memory.
     */
    private static void quieten() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new ConsoleHandler());
    }
}
