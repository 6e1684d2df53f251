package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ctrl-C on {@code ./rapport up}: the script asks the supervisor to end, and ends after it and as
 * it did. A supervisor here is a shell that tells its process id first.
 */
class RapportStopTest {
    @TempDir private Path folder;
    private final List<Process> started = new ArrayList<>();
    private Script script;

    @BeforeEach
    void checkOut() throws IOException {
        // A checkout without modules has nothing to build.
        Path copy = folder.resolve("rapport");
        Files.copy(Path.of(System.getProperty("rapport.root"), "rapport"), copy);
        script = new Script(folder, copy);
    }

    @AfterEach
    void end() {
        for (Process up : started) {
            up.descendants().forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void the_supervisor_is_asked_to_end_and_its_exit_code_is_the_scripts(String signal)
            throws Exception {
        Process up = start("trap 'echo asked; exit 3' TERM");
        try (BufferedReader output = up.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle supervisor = supervisor(output);
            send(signal, up);
            assertThat(output.readLine()).isEqualTo("asked");
            assertThat(output.readLine()).isNull();
            assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(3);
            assertThat(supervisor.isAlive()).isFalse();
        }
    }

    @Test
    void a_second_ctrl_c_does_not_leave_a_supervisor_behind_that_is_still_stopping()
            throws Exception {
        Process up = start("n=0; trap 'n=$((n+1)); echo asked $n; [ $n = 1 ] || exit 0' TERM");
        try (BufferedReader output = up.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle supervisor = supervisor(output);
            send("INT", up);
            assertThat(output.readLine()).isEqualTo("asked 1");
            assertThat(up.isAlive()).isTrue();
            send("INT", up);
            assertThat(output.readLine()).isEqualTo("asked 2");
            assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isZero();
            assertThat(supervisor.isAlive()).isFalse();
        }
    }

    @Test
    void a_supervisor_that_ends_by_itself_ends_the_script() throws Exception {
        Process up = start("echo Port 8081 is taken.; exit 1");
        try (BufferedReader output = up.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("Port 8081 is taken.");
            assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(1);
        }
    }

    private Process start(String supervisor) throws IOException {
        script.jdk(
                "jdks/temurin", "25.0.1", supervisor + "\necho $$\nwhile :; do sleep 0.05; done");
        Process up = script.started(Map.of(), "up");
        started.add(up);
        return up;
    }

    private static ProcessHandle supervisor(BufferedReader output) throws IOException {
        return ProcessHandle.of(Long.parseLong(String.valueOf(output.readLine()))).orElseThrow();
    }

    private static void send(String signal, Process up) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-s", signal, Long.toString(up.pid()))
                        .inheritIO()
                        .start();
        assertThat(kill.waitFor()).isZero();
    }
}
