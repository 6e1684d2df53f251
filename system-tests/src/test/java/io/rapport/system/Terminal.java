package io.rapport.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./rapport} as a person calls it, with the jars of this build and in a checkout without
 * sources, so that it never builds under the tests that run beside.
 */
record Terminal(Path checkout, Path data) {
    private static final Path ROOT = Path.of(System.getProperty("rapport.root"));

    record Run(int exitCode, String output) {}

    static Terminal in(Path folder) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        Files.copy(ROOT.resolve("rapport"), checkout.resolve("rapport"));
        link(checkout, "deploy/local/target");
        for (ServiceName service : ServiceName.values()) {
            link(checkout, service.label() + "/target");
        }
        return new Terminal(checkout, folder.resolve("data"));
    }

    private static void link(Path checkout, String built) throws IOException {
        Path link = checkout.resolve(built);
        Files.createDirectories(link.resolveSibling("."));
        Files.createSymbolicLink(link, ROOT.resolve(built));
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    Process start(Path output, String... arguments) throws IOException {
        return command(arguments).redirectOutput(output.toFile()).start();
    }

    /** What Ctrl-C does, but to the script alone: its processes are in a group of their own. */
    void interrupt(Process script) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-s", "INT", Long.toString(script.pid()))
                        .inheritIO()
                        .start();
        assertThat(kill.waitFor()).isZero();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // A shell has what it runs in the background ignore SIGINT, these tests perhaps too.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of("bash", checkout.resolve("rapport").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("RAPPORT_DATA", data.toString());
        return builder;
    }
}
