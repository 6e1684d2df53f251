package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.Script.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./rapport} finds its JDK, with folders that look like JDKs. */
class RapportScriptTest {
    private static final Path SCRIPT = Path.of(System.getProperty("rapport.root"), "rapport");

    @TempDir private Path folder;
    private Script script;

    @BeforeEach
    void prepare() {
        script = new Script(folder, SCRIPT);
    }

    @Test
    void java_home_comes_first() throws Exception {
        Path home = script.jdk("at-home", "25.0.1");
        script.jdk("jdks/other", "25.0.2");
        assertThat(script.run(Map.of("JAVA_HOME", home.toString()), "jdk"))
                .isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void an_older_java_home_and_path_are_passed_over() throws Exception {
        Path old = script.jdk("old", "17.0.15");
        Path found = script.jdk("jdks/temurin", "25.0.1");
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME",
                        old.toString(),
                        "PATH",
                        old.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(script.run(environment, "jdk")).isEqualTo(new Run(0, found + "\n"));
    }

    @Test
    void the_jdk_of_the_path_is_found_behind_its_link() throws Exception {
        Path home = script.jdk("real", "25");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
        Map<String, String> environment = Map.of("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(script.run(environment, "jdk")).isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void a_mac_keeps_it_two_folders_deeper() throws Exception {
        Path home = script.jdk("jdks/temurin-25.jdk/Contents/Home", "25.0.1");
        assertThat(script.run(Map.of(), "jdk")).isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void without_any_it_says_what_it_needs_and_what_it_found() throws Exception {
        Path old = script.jdk("jdks/seventeen", "17.0.15");
        Path runtime = script.jdk("jdks/runtime-only", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        Run run = script.run(Map.of(), "jdk");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("Rapport needs a JDK 25")
                .contains(old + " (Java 17)")
                .contains("set JAVA_HOME")
                .doesNotContain("runtime-only");
    }

    @Test
    void it_is_called_from_anywhere_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rapport-link"), SCRIPT);
        try {
            Process process =
                    new ProcessBuilder(link.toString(), "help")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("./rapport up");
            assertThat(process.waitFor()).isZero();
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void an_unknown_command_is_refused_with_the_list_of_commands() throws Exception {
        Run run = script.run(Map.of(), "upp");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("There is no command 'upp'").contains("./rapport up");
    }
}
