package io.rapport.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code up} and {@code down} as a person calls them: each a process, told only by its output and
 * exit code.
 */
class UpIT {
    private static final Path ROOT = Path.of(System.getProperty("rapport.root"));

    private record Run(int exitCode, String output) {}

    @TempDir private Path folder;
    private Path data;
    private LocalPorts ports;

    @BeforeEach
    void prepare() {
        data = folder.resolve("data");
        ports = LocalPorts.free();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        run("down");
    }

    @Test
    void down_ends_what_up_started_and_what_a_killed_supervisor_left() throws Exception {
        Process supervisor = up();
        List<ProcessHandle> children = children();
        assertThat(children).hasSize(6).allMatch(ProcessHandle::isAlive);
        assertThat(run("up"))
                .satisfies(
                        second -> {
                            assertThat(second.exitCode()).isEqualTo(1);
                            assertThat(second.output())
                                    .contains("already running (process " + supervisor.pid() + ")")
                                    .hasLineCount(1);
                        });

        supervisor.destroyForcibly().waitFor();
        assertThat(children).allMatch(ProcessHandle::isAlive);
        assertThat(run("down")).isEqualTo(new Run(0, "Stopped.\n"));
        assertThat(children).noneMatch(ProcessHandle::isAlive);

        Process again = up();
        List<ProcessHandle> others = children();
        assertThat(run("down")).isEqualTo(new Run(0, "Stopped.\n"));
        assertThat(again.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isZero();
        assertThat(others).hasSize(6).noneMatch(ProcessHandle::isAlive);
        assertThat(run("down")).isEqualTo(new Run(0, "Nothing is running.\n"));
    }

    @Test
    void a_taken_port_is_one_clear_line() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(
                        ports.http(ServiceName.CUSTOMER), 1, InetAddress.getLoopbackAddress())) {
            Run refused = run("up", "--port-offset", Integer.toString(ports.offset()));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output())
                    .hasLineCount(1)
                    .contains("Port " + taken.getLocalPort() + " (customer-service) is taken");
        }
    }

    @Test
    void production_refuses_a_local_key_in_one_line() throws Exception {
        Path output = folder.resolve("prod.out");
        Process service =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-Dquarkus.profile=prod",
                                "-Dquarkus.http.port=0",
                                "-Dquarkus.management.port=0",
                                "-Dquarkus.oidc.public-key=" + publicKey(),
                                // Nobody listens there: it refuses before it migrates anything.
                                "-Drapport.database.url=" + ports.jdbcUrl("none"),
                                "-Drapport.database.username=none",
                                "-Drapport.database.password=none",
                                "-Drapport.database.migration-username=none",
                                "-Drapport.database.migration-password=none",
                                "-Drapport.kafka.bootstrap-servers=" + ports.bootstrapServers(),
                                "-jar",
                                ROOT.resolve(ServiceName.FEEDBACK.label())
                                        .resolve("target/quarkus-app/quarkus-run.jar")
                                        .toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(service.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            service.destroyForcibly();
        }
        assertThat(service.exitValue()).isNotZero();
        assertThat(Files.readAllLines(output))
                .filteredOn(line -> line.contains("quarkus.oidc.public-key is a local key"))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "(profile: prod)",
                                                "Set quarkus.oidc.auth-server-url"));
    }

    /** Made as {@code ./rapport up} makes its own. */
    private static String publicKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }

    private Process up() throws IOException {
        Path output = folder.resolve("up.out");
        Files.deleteIfExists(output);
        Process process =
                command("up", "--port-offset", Integer.toString(ports.offset()))
                        .redirectOutput(output.toFile())
                        .start();
        await().atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                !process.isAlive()
                                        || Files.readString(output).contains("Ready after"));
        assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        return process;
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Drapport.root=" + ROOT,
                        "-jar",
                        ROOT.resolve("deploy/local/target/rapport-local.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RAPPORT_DATA", data.toString());
        return builder;
    }

    private List<ProcessHandle> children() throws IOException {
        try (Stream<String> lines = Files.lines(data.resolve("processes"))) {
            return lines.map(line -> ProcessHandle.of(Long.parseLong(line.split(" ")[1])))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
