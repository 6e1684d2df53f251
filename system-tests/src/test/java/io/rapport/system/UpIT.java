package io.rapport.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import io.rapport.system.Terminal.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./rapport up} and {@code down} as a person calls them: each a process, told only by its
 * output and exit code, and by what the services answer.
 */
class UpIT {
    /** What runs at least; beside it there may be what makes the next start quicker. */
    private static final String[] PARTS = {
        "postgresql",
        "kafka",
        "customer-service",
        "interaction-service",
        "loyalty-service",
        "feedback-service"
    };

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    @TempDir private Path folder;
    private Terminal terminal;
    private LocalPorts ports;
    private String token = "";

    @BeforeEach
    void prepare() throws IOException {
        terminal = Terminal.in(folder);
        ports = LocalPorts.free();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        terminal.run("down");
    }

    @Test
    void what_was_written_is_there_after_the_next_up_and_no_process_is_left() throws Exception {
        Process killed = up();
        assertTold(Files.readString(output()));
        String version = buyFor("12.99");
        assertRefusedBeside(supervisor());
        Map<String, ProcessHandle> left = children();
        supervisor().destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(PARTS).allMatch(part -> running(left, part));
        assertThat(terminal.run("down")).isEqualTo(new Run(0, "Stopped.\n"));
        assertThat(left.values()).noneMatch(ProcessHandle::isAlive);

        Process interrupted = up();
        assertPoints(12, version);
        Map<String, ProcessHandle> ending = children();
        terminal.interrupt(interrupted);
        assertEndsInOrder(interrupted, ending);
        assertThat(interrupted.exitValue()).isZero();
        assertThat(Files.readString(output()))
                .endsWith("Stopped. The data stays in " + terminal.data() + ".\n");
        assertThat(terminal.run("down")).isEqualTo(new Run(0, "Nothing is running.\n"));

        Process fresh = up("--fresh");
        assertThat(get(ServiceName.CUSTOMER, "/customers/by/up/1", "").statusCode()).isEqualTo(404);
        Map<String, ProcessHandle> others = children();
        assertThat(terminal.run("down")).isEqualTo(new Run(0, "Stopped.\n"));
        assertThat(fresh.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(fresh.exitValue()).isZero();
        assertThat(others).containsKeys(PARTS);
        assertThat(others.values()).noneMatch(ProcessHandle::isAlive);
    }

    /** Where everything is, and that it is there. */
    private void assertTold(String table) throws Exception {
        for (ServiceName service : ServiceName.values()) {
            String url = ports.url(service);
            String page = url + "/q/swagger-ui";
            assertThat(table).containsPattern(service.label() + " +" + url + " +" + page + "\\R");
            HttpResponse<String> answer =
                    HTTP.send(
                            HttpRequest.newBuilder(URI.create(page)).build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("swagger-ui");
        }
        assertThat(table)
                .containsPattern("Kafka +localhost:" + ports.kafka() + "\\R")
                .containsPattern("PostgreSQL +localhost:" + ports.postgres() + "\\R")
                .containsPattern("A token +\\./rapport token agent\\R");
    }

    private void assertRefusedBeside(ProcessHandle supervisor) throws Exception {
        Run second = terminal.run("up");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
                .contains("already running (process " + supervisor.pid() + ")")
                .hasLineCount(1);
    }

    /** The services before the broker that they tell, and this before the database. */
    private static void assertEndsInOrder(Process script, Map<String, ProcessHandle> children) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            // Who ends later is looked at first.
                            boolean database = running(children, "postgresql");
                            boolean broker = running(children, "kafka");
                            assertThat(database || !broker).isTrue();
                            for (ServiceName service : ServiceName.values()) {
                                assertThat(broker || !running(children, service.label())).isTrue();
                            }
                            return !script.isAlive();
                        });
        assertThat(children).containsKeys(PARTS);
        assertThat(children.values()).noneMatch(ProcessHandle::isAlive);
    }

    private static boolean running(Map<String, ProcessHandle> children, String name) {
        ProcessHandle process = children.get(name);
        return process != null && process.isAlive();
    }

    @Test
    void a_taken_port_is_one_clear_line() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(
                        ports.http(ServiceName.CUSTOMER), 1, InetAddress.getLoopbackAddress())) {
            Run refused = terminal.run("up", "--port-offset", Integer.toString(ports.offset()));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output())
                    .hasLineCount(1)
                    .contains("Port " + taken.getLocalPort() + " (customer-service) is taken");
        }
    }

    private Process up(String... options) throws IOException, InterruptedException {
        Files.deleteIfExists(output());
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("up", "--port-offset", Integer.toString(ports.offset())));
        arguments.addAll(List.of(options));
        Process process = terminal.start(output(), arguments.toArray(String[]::new));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || Files.readString(output()).contains("Stop "));
        assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
        assertThat(Files.readString(output())).contains("Ready after ");
        Run printed = terminal.run("token", "agent");
        assertThat(printed.exitCode()).as(printed.output()).isZero();
        token = printed.output().strip();
        return process;
    }

    private Path output() {
        return folder.resolve("up.out");
    }

    /** Makes a customer who buys something, and answers the version that has seen it. */
    private String buyFor(String amount) throws Exception {
        call(ServiceName.CUSTOMER, "PUT", "/customers/by/up/1", "", "{\"kind\": \"PERSON\"}");
        String purchase =
                """
                {"customer": "up:1", "source": "up", "sourceId": "1", "type": "PURCHASE", "channel": "STORE",
                 "direction": "INBOUND", "amount": {"amount": "%s", "currency": "EUR"},
                 "occurredAt": "2026-01-01T10:00:00Z"}"""
                        .formatted(amount);
        HttpResponse<String> recorded =
                call(ServiceName.INTERACTION, "POST", "/interactions", "", purchase);
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
        return Calls.version(recorded);
    }

    private void assertPoints(long points, String version) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            HttpResponse<String> account =
                                    get(ServiceName.LOYALTY, "/loyalty/accounts/up:1", version);
                            assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
                            assertThat(Calls.json(account).path("balance").asLong())
                                    .isEqualTo(points);
                        });
    }

    private HttpResponse<String> get(ServiceName service, String path, String atLeast)
            throws IOException, InterruptedException {
        return call(service, "GET", path, atLeast, "");
    }

    /** As an agent, with the token that the table tells how to get. */
    private HttpResponse<String> call(
            ServiceName service, String method, String path, String atLeast, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(ports.url(service) + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!atLeast.isEmpty()) {
            request.header("Rapport-At-Least", atLeast);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private ProcessHandle supervisor() throws IOException {
        return process(Files.readString(terminal.data().resolve("supervisor"))).orElseThrow();
    }

    /** What runs, by name. */
    private Map<String, ProcessHandle> children() throws IOException {
        Map<String, ProcessHandle> children = new HashMap<>();
        for (String line : Files.readAllLines(terminal.data().resolve("processes"))) {
            process(line).ifPresent(process -> children.put(line.split(" ")[0], process));
        }
        return children;
    }

    private static Optional<ProcessHandle> process(String record) {
        return ProcessHandle.of(Long.parseLong(record.split(" ")[1]));
    }
}
