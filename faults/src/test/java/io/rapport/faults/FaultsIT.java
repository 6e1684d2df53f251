package io.rapport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code ./rapport faults} as a person calls it: a process, told by its output and exit code. */
class FaultsIT {
    private static final Path ROOT = Path.of(System.getProperty("rapport.root"));
    private static final Path DATA = ROOT.resolve("faults/target/faults-data");

    private record Run(int exitCode, String output) {}

    @Test
    void each_fault_once_under_load_and_every_audit_is_clean() throws Exception {
        long faults = run("--once", "--list").output().lines().count();
        assertThat(faults).isGreaterThan(10);

        Run once = run("--once");
        System.out.print(once.output());
        assertThat(once.exitCode()).as(once.output()).isZero();
        assertThat(once.output())
                .containsPattern(faults + " rounds(, [0-9]+ of them skipped)?, all clean");
        assertThat(once.output())
                .contains("× loyalty-service")
                .contains("kill-before-removal of ")
                .contains("kill-before-next-poll of ");
        assertThat(once.output().lines().filter(line -> line.contains("SKIPPED")))
                .as("only what needs more than a JDK may be left out")
                .allMatch(line -> line.contains("full-disk-") || line.contains("wrong-clock"));
        assertThat(DATA.resolve("faults-stack/processes")).doesNotExist();
    }

    @Test
    void an_unknown_fault_is_refused_in_one_line_with_the_list_of_faults() throws Exception {
        Run refused = run("kill-everybody");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .hasLineCount(1)
                .contains("There is no fault kill-everybody", "kill-all-services");
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        Path output = ROOT.resolve("faults/target/faults-it.log");
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-Drapport.root=" + ROOT,
                        "-jar",
                        ROOT.resolve("faults/target/rapport-faults.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("RAPPORT_DATA", DATA.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
