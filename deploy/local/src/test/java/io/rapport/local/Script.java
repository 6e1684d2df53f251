package io.rapport.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The script as it is called in a test: it finds only JDKs that the test made in {@code folder},
 * and the few tools of the system that it needs; the PATH leads to no java.
 */
record Script(Path folder, Path script) {
    record Run(int exitCode, String output) {}

    private static final List<String> TOOLS =
            List.of(
                    "sed",
                    "dirname",
                    "readlink",
                    "cat",
                    "cut",
                    "find",
                    "mkdir",
                    "touch",
                    "mv",
                    "sleep");

    Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = started(environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /**
     * One that hears SIGINT, also where the tests run in the background of a shell, which do not.
     */
    Process started(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            command.addAll(List.of(onPath("env").toString(), "--default-signal=INT"));
        }
        command.add(onPath("bash").toString());
        command.add(script.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> full = new TreeMap<>();
        full.put("PATH", pathWithoutJava());
        full.put("HOME", folder.toString());
        full.put("RAPPORT_JDKS", folder.resolve("jdks").toString());
        full.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(full);
        return builder.start();
    }

    /** A folder that looks like a JDK whose programs fail. */
    Path jdk(String name, String version) throws IOException {
        return jdk(name, version, "exit 1");
    }

    /** The same with something to do: lines of a shell. */
    Path jdk(String name, String version, String java) throws IOException {
        Path home = folder.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/java"), java);
        program(home.resolve("bin/javac"), "exit 1");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    static void program(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String pathWithoutJava() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
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
}
