package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one stack keeps what it must not forget. {@code root} is the checkout with the built jars,
 * {@code data} (usually {@code .rapport}) holds databases, topics, keys, logs and the record of
 * running processes; only its owner can read it.
 */
public record LocalFolder(Path root, Path data) {
    private static final long LEAST_FREE_BYTES = 1L << 30;

    /**
     * The folder of this command: system property {@code rapport.root}, and RAPPORT_DATA where it
     * is set.
     */
    public static LocalFolder current() {
        String root = System.getProperty("rapport.root");
        if (root == null) {
            throw new CannotGoOn(
                    "Call ./rapport: it says where Rapport lies (system property rapport.root).");
        }
        Path folder = Path.of(root).toAbsolutePath().normalize();
        String data = System.getenv("RAPPORT_DATA");
        return new LocalFolder(
                folder,
                data == null || data.isBlank()
                        ? folder.resolve(".rapport")
                        : Path.of(data).toAbsolutePath());
    }

    public Path logs() {
        return data.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path keys() {
        return data.resolve("keys");
    }

    /** Weeks by which the demo's dates are moved, one line a file's last day. */
    public Path demoShift() {
        return data.resolve("demo-shift");
    }

    Path postgres() {
        return data.resolve("postgresql");
    }

    Path kafka() {
        return data.resolve("kafka");
    }

    Path processes() {
        return data.resolve("processes");
    }

    Path lock() {
        return data.resolve("lock");
    }

    Path supervisor() {
        return data.resolve("supervisor");
    }

    /** Figures of benchmarks, with which later ones are compared. */
    private Path figures() {
        return data.resolve("bench");
    }

    private Path offsetFile() {
        return data.resolve("port-offset");
    }

    Path serviceJar(ServiceName service) {
        return root.resolve(service.label()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The libraries of this module, from which the broker runs. */
    Path libraries() {
        return root.resolve("deploy/local/target/lib");
    }

    /** Unpacked PostgreSQL programs: built output, shared by all data folders of this checkout. */
    Path postgresPrograms() {
        return root.resolve("deploy/local/target/postgresql");
    }

    /** Path as a person in the checkout would write it. */
    public String shown(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }

    /** Tells how many bytes may still be written to the disk on which a folder lies. */
    interface Disk {
        long free(Path folder) throws IOException;
    }

    void prepare() {
        prepare(folder -> Files.getFileStore(folder).getUsableSpace());
    }

    void prepare(Disk disk) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            }
            Files.createDirectories(logs());
            Files.createDirectories(keys());
            long free = disk.free(data);
            if (free < LEAST_FREE_BYTES) {
                throw new CannotGoOn(
                        "Only %d MiB are free where %s lies, and Rapport needs %d: make room, or set RAPPORT_DATA to a folder on another disk."
                                .formatted(free >> 20, data, LEAST_FREE_BYTES >> 20));
            }
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + data, e);
        }
    }

    /** Each start begins new logs; those of the start before are kept beside them. */
    void rollLogs() throws IOException {
        try (Stream<Path> logs = Files.list(logs())) {
            for (Path log : logs.filter(path -> path.toString().endsWith(".log")).toList()) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    void keepOffset(int offset) throws IOException {
        Files.writeString(offsetFile(), offset + "\n");
    }

    /** The ports at which the stack of this folder was started last; empty when it never was. */
    public Optional<LocalPorts> lastPorts() {
        try {
            return Optional.of(
                    new LocalPorts(Integer.parseInt(Files.readString(offsetFile()).strip())));
        } catch (IOException | NumberFormatException notStarted) {
            return Optional.empty();
        }
    }

    /**
     * Deletes all that a stack has kept, the keys too, but for the signs that this process holds
     * the folder. The figures of benchmarks are no stack's and stay.
     */
    void forget() throws IOException {
        if (!Files.isDirectory(data)) {
            return;
        }
        Set<Path> staying = Set.of(lock(), supervisor(), figures());
        try (Stream<Path> kept = Files.list(data)) {
            for (Path path : kept.filter(path -> !staying.contains(path)).toList()) {
                delete(path);
            }
        }
    }

    /** Deletes a file or a folder with all that is in it; nothing happens when it is not there. */
    static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            Files.walkFileTree(path, new Deletion());
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
