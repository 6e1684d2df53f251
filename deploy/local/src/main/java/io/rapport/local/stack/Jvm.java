package io.rapport.local.stack;

import java.util.ArrayList;
import java.util.List;

/** What the JVMs of a stack, which are small in any case, are tuned for. */
public enum Jvm {
    /**
     * Ready and warm soon: six programs share a few cores, and few run for long. The second
     * compiler would take more of the cores for minutes than its code gives back in that time.
     */
    SOON_WARM("-XX:TieredStopAtLevel=1"),

    /** As fast as it gets after minutes of load: what benchmarks measure. */
    LONG_RUN("-XX:+TieredCompilation");

    private final String compilers;

    Jvm(String compilers) {
        this.compilers = compilers;
    }

    /** The beginning of a command; the caller adds what is run. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add(compilers);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xss512k",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        return command;
    }
}
