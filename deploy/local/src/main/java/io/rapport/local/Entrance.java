package io.rapport.local;

import io.rapport.local.stack.CannotGoOn;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What the commands of {@code ./rapport} share, in whichever module they are. */
public final class Entrance {
    private Entrance() {}

    /**
     * Runs a command and ends the JVM with its exit code. What only the person at the terminal can
     * put right is told in one line, with exit code 1.
     */
    public static void run(CommandLine line, String... arguments) {
        System.exit(exitCode(line, arguments));
    }

    static int exitCode(CommandLine line, String... arguments) {
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(command, failure));
        return line.execute(arguments);
    }

    private static int tell(CommandLine command, Exception failure) throws Exception {
        String message = failure.getMessage();
        if (failure instanceof CannotGoOn && message != null) {
            command.getErr().println(message);
            return 1;
        }
        Optional<String> full = fullDisk(failure);
        if (full.isPresent()) {
            command.getErr()
                    .println(
                            "The disk is full: make room and call this again. ("
                                    + full.get()
                                    + ")");
            return 1;
        }
        throw failure;
    }

    /** What the system says of a full disk, also where it is only the cause of a failure. */
    private static Optional<String> fullDisk(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(Throwable::getMessage)
                .filter(message -> message != null && isFullDisk(message))
                .findFirst();
    }

    private static boolean isFullDisk(String message) {
        return message.toLowerCase(Locale.ROOT).contains("no space left");
    }

    /** Those that are wanted by name, or all when none is; refuses a name that nothing has. */
    public static <T> List<T> chosen(
            String kind, List<T> all, Function<T, String> name, List<String> wanted) {
        List<String> names = all.stream().map(name).toList();
        for (String one : wanted) {
            if (!names.contains(one)) {
                throw new CannotGoOn(
                        "There is no %s %s: the %ss are %s."
                                .formatted(kind, one, kind, String.join(", ", names)));
            }
        }
        return all.stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(name.apply(one)))
                .toList();
    }
}
