package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    @TempDir private Path folder;
    private Process sleeper;

    @BeforeEach
    void start() throws IOException {
        sleeper = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        sleeper.destroyForcibly();
    }

    @Test
    void a_record_finds_its_process_again_from_its_line() {
        ProcessRecord record = ProcessRecord.of("sleeper", sleeper.toHandle(), "TERM");
        assertThat(ProcessRecord.parse(record.line()).orElseThrow().running())
                .contains(sleeper.toHandle());
    }

    @Test
    void an_id_that_belongs_to_another_process_by_now_is_not_ours() {
        ProcessRecord record = ProcessRecord.of("sleeper", sleeper.toHandle(), "TERM");
        ProcessRecord older =
                new ProcessRecord(
                        "sleeper", record.pid(), record.started().minusSeconds(60), "TERM");
        older.end(Duration.ofSeconds(1));
        assertThat(older.running()).isEmpty();
        assertThat(sleeper.isAlive()).isTrue();
    }

    @Test
    void a_broken_line_is_no_record() {
        assertThat(ProcessRecord.parse("postgresql 12")).isEmpty();
        assertThat(ProcessRecord.parse("postgresql twelve 1 INT")).isEmpty();
    }

    @Test
    void leftovers_of_a_killed_supervisor_are_ended_and_strangers_are_not() throws Exception {
        Path file = folder.resolve("processes");
        ProcessRecord ours = ProcessRecord.of("sleeper", sleeper.toHandle(), "TERM");
        ProcessRecord gone = new ProcessRecord("gone", 4_000_000, ours.started(), "TERM");
        ProcessRecord stranger = ProcessRecord.of("this", ProcessHandle.current(), "TERM");
        ProcessRecord reused =
                new ProcessRecord(
                        "reused", stranger.pid(), stranger.started().minusSeconds(3600), "TERM");
        Files.write(file, List.of(ours.line(), gone.line(), reused.line(), "torn li"));
        assertThat(Children.endLeftovers(file)).containsExactly("sleeper");
        // The end of a child reaches its Process by way of a thread, a moment after it is gone.
        assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_started_child_is_written_down_and_none_starts_after_the_end() throws IOException {
        Path file = folder.resolve("processes");
        Children children = new Children(file);
        ChildProcess child =
                children.spawn(
                        "echo",
                        List.of("sh", "-c", "echo hello; exec sleep 60"),
                        Map.of(),
                        folder.resolve("log"),
                        "TERM");
        try {
            assertThat(Files.readString(file)).startsWith("echo " + child.pid() + " ");
        } finally {
            child.end("TERM", Duration.ofSeconds(5));
        }
        assertThat(child.lastLines(3)).containsExactly("hello");
        children.close();
        assertThatThrownBy(
                        () ->
                                children.spawn(
                                        "late",
                                        List.of("true"),
                                        Map.of(),
                                        folder.resolve("log"),
                                        "TERM"))
                .isInstanceOf(CannotGoOn.class);
    }
}
