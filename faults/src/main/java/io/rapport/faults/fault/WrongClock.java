package io.rapport.faults.fault;

import io.rapport.local.stack.CannotGoOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * A clock that is an hour off, for one program, by libfaketime. Waits, and what is measured by the
 * monotonic clock, stay as they are.
 */
record WrongClock(Path library, boolean ahead) {
    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/local/lib/faketime/libfaketimeMT.so.1"));
    private static final Duration LEAST = Duration.ofMinutes(50);
    private static final DateTimeFormatter LOGGED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int LOGGED_LENGTH = "2026-01-01 10:00:00".length();

    /** Says {@link NotHere} where the library is not. */
    static WrongClock find(boolean ahead) {
        return LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .map(library -> new WrongClock(library, ahead))
                .orElseThrow(() -> new NotHere("it needs libfaketime (Debian: package faketime)."));
    }

    String shown() {
        return ahead ? "an hour ahead" : "an hour behind";
    }

    Map<String, String> variables() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                ahead ? "+1h" : "-1h",
                "DONT_FAKE_MONOTONIC",
                "1",
                // Else a JVM's waits end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Refuses when whoever writes this log has the right time. */
    void requireIn(Path log) {
        LocalDateTime logged = lastTimeIn(log);
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        Duration off = ahead ? Duration.between(now, logged) : Duration.between(logged, now);
        if (off.compareTo(LEAST) < 0) {
            throw new CannotGoOn("The clock is right: " + log + " ends at " + logged + ".");
        }
    }

    private static LocalDateTime lastTimeIn(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.matches("[0-9]{4}-[0-9]{2}-[0-9]{2} .{8},.*"))
                    .reduce((earlier, later) -> later)
                    .map(line -> LocalDateTime.parse(line.substring(0, LOGGED_LENGTH), LOGGED))
                    .orElseThrow(() -> new CannotGoOn("No line of " + log + " has a time."));
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot read " + log, e);
        }
    }
}
