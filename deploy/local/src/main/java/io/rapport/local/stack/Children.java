package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All processes of one stack, each written down before anybody waits for it, so that a later call
 * finds what a killed supervisor left behind. Thread-safe. After {@link #close} no process is
 * started any more.
 */
final class Children {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path file;
    private final List<ProcessRecord> records = new ArrayList<>();
    private boolean closed;

    Children(Path file) {
        this.file = file;
    }

    /** Starts a program whose output is appended to {@code log}. */
    synchronized ChildProcess spawn(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            String stopSignal) {
        if (closed) {
            throw new CannotGoOn("Rapport is being stopped.");
        }
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            records.removeIf(record -> record.name().equals(name));
            records.add(ProcessRecord.of(name, process.toHandle(), stopSignal));
            write();
            process.getOutputStream().close();
            return new ChildProcess(process, log);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot start " + name, e);
        }
    }

    synchronized void close() {
        closed = true;
    }

    /** To be called when all have ended. */
    synchronized void forget() throws IOException {
        records.clear();
        Files.deleteIfExists(file);
    }

    private void write() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, records.stream().map(ProcessRecord::line).toList());
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Ends, last started first, what an earlier supervisor wrote down and could not end. Answers
     * their names.
     */
    static List<String> endLeftovers(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<ProcessRecord> left =
                Files.readAllLines(file).stream()
                        .map(ProcessRecord::parse)
                        .flatMap(Optional::stream)
                        .filter(record -> record.running().isPresent())
                        .toList();
        left.reversed().forEach(record -> record.end(PATIENCE));
        Files.delete(file);
        return left.stream().map(ProcessRecord::name).toList();
    }
}
