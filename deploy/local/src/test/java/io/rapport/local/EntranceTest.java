package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.local.stack.CannotGoOn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class EntranceTest {
    private static final List<String> ALL = List.of("one", "two", "three");

    @Test
    void those_that_are_named_are_chosen_in_their_own_order() {
        assertThat(chosen("three", "one")).containsExactly("one", "three");
    }

    @Test
    void without_a_name_all_are_chosen() {
        assertThat(chosen()).isEqualTo(ALL);
    }

    @Test
    void a_name_that_nothing_has_is_refused_with_all_that_there_are() {
        assertThatThrownBy(() -> chosen("one", "four"))
                .isInstanceOf(CannotGoOn.class)
                .hasMessage("There is no number four: the numbers are one, two, three.");
    }

    @Test
    void what_only_the_person_can_put_right_is_one_line() {
        assertTold(
                new CannotGoOn("Port 8081 (customer-service) is taken."),
                "Port 8081 (customer-service) is taken.\n");
    }

    @Test
    void so_is_a_full_disk_wherever_it_was_noticed() {
        IOException full = new IOException("No space left on device");
        String line =
                "The disk is full: make room and call this again. (No space left on device)\n";
        assertTold(full, line);
        assertTold(new UncheckedIOException(full), line);
        assertTold(
                new FileSystemException("/data/logs", null, "No space left on device"),
                line.replace("(", "(/data/logs: "));
        assertTold(
                CannotGoOn.because("Cannot write to /data", full),
                "Cannot write to /data: No space left on device\n");
    }

    @Test
    void anything_else_is_ours_and_keeps_its_trace() {
        StringWriter err = new StringWriter();
        assertThat(exitCode(new IOException("connection reset"), err)).isEqualTo(1);
        assertThat(err.toString())
                .contains("java.io.IOException: connection reset")
                .contains("\tat " + EntranceTest.class.getName());
    }

    private static void assertTold(Exception failure, String line) {
        StringWriter err = new StringWriter();
        assertThat(exitCode(failure, err)).isEqualTo(1);
        assertThat(err.toString()).isEqualToNormalizingNewlines(line);
    }

    private static int exitCode(Exception failure, StringWriter err) {
        return Entrance.exitCode(
                new CommandLine(new Failing(failure)).setErr(new PrintWriter(err)));
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {
        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private static List<String> chosen(String... wanted) {
        return Entrance.chosen("number", ALL, Function.identity(), List.of(wanted));
    }
}
