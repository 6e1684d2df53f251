package io.rapport.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that we started, known by its id and its start time together, because ids are given
 * again. One line of the record of running processes: {@code name pid startMillis stopSignal}.
 */
record ProcessRecord(String name, long pid, Instant started, String stopSignal) {
    /** Some systems tell a start time that moves by a moment when their clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(String name, ProcessHandle process, String stopSignal) {
        return new ProcessRecord(
                name,
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH),
                stopSignal);
    }

    static Optional<ProcessRecord> parse(String line) {
        String[] parts = line.strip().split(" ");
        try {
            return parts.length == 4
                    ? Optional.of(
                            new ProcessRecord(
                                    parts[0],
                                    Long.parseLong(parts[1]),
                                    Instant.ofEpochMilli(Long.parseLong(parts[2])),
                                    parts[3]))
                    : Optional.empty();
        } catch (NumberFormatException broken) {
            return Optional.empty();
        }
    }

    String line() {
        return name + " " + pid + " " + started.toEpochMilli() + " " + stopSignal;
    }

    /**
     * The very process, when it still runs; empty when it is gone or its id belongs to another one
     * now.
     */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().filter(this::isOurs).isPresent());
    }

    private boolean isOurs(Instant start) {
        return Duration.between(started, start).abs().compareTo(TOLERANCE) <= 0;
    }

    /**
     * Ends the process if it is still ours: by its own signal first, by force after {@code
     * patience}.
     */
    void end(Duration patience) {
        running()
                .ifPresent(
                        process -> {
                            ChildProcess.signal(pid, stopSignal);
                            if (!gone(process, patience)) {
                                process.destroyForcibly();
                                gone(process, Duration.ofSeconds(10));
                            }
                        });
    }

    static boolean gone(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !process.isAlive();
    }
}
