package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./rapport} finds its JDK, with folders that look like JDKs. */
class RapportScriptTest {
    private static final Path SCRIPT = Path.of(System.getProperty("rapport.root"), "rapport");

    private record Run(int exitCode, String output) {}

    @TempDir private Path folder;

    @Test
    void java_home_comes_first() throws Exception {
        Path home = jdk("at-home", "25.0.1");
        jdk("jdks/other", "25.0.2");
        assertThat(run(Map.of("JAVA_HOME", home.toString()), "jdk"))
                .isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void an_older_java_home_and_path_are_passed_over() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path found = jdk("jdks/temurin", "25.0.1");
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME",
                        old.toString(),
                        "PATH",
                        old.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(run(environment, "jdk")).isEqualTo(new Run(0, found + "\n"));
    }

    @Test
    void the_jdk_of_the_path_is_found_behind_its_link() throws Exception {
        Path home = jdk("real", "25");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
        Map<String, String> environment = Map.of("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(run(environment, "jdk")).isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void a_mac_keeps_it_two_folders_deeper() throws Exception {
        Path home = jdk("jdks/temurin-25.jdk/Contents/Home", "25.0.1");
        assertThat(run(Map.of(), "jdk")).isEqualTo(new Run(0, home + "\n"));
    }

    @Test
    void without_any_it_says_what_it_needs_and_what_it_found() throws Exception {
        Path old = jdk("jdks/seventeen", "17.0.15");
        Path runtime = jdk("jdks/runtime-only", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        Run run = run(Map.of(), "jdk");
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
        Run run = run(Map.of(), "upp");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("There is no command 'upp'").contains("./rapport up");
    }

    /** Only the folders that the test made are looked at; the PATH leads to no java. */
    private Run run(Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(onPath("bash").toString(), SCRIPT.toString(), command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        Map<String, String> full = new TreeMap<>();
        full.put("PATH", pathWithoutJava());
        full.put("HOME", folder.toString());
        full.put("RAPPORT_JDKS", folder.resolve("jdks").toString());
        full.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(full);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private String pathWithoutJava() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"sed", "dirname", "readlink", "cat"}) {
            program(tools.resolve(tool), "exec " + onPath(tool) + " \"$@\"");
        }
        return tools.toString();
    }

    private static Path onPath(String tool) {
        for (String part : System.getenv("PATH").split(":")) {
            Path candidate = Path.of(part, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("no " + tool + " on the PATH");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file =
                    Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\nexit 1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
