package io.rapport.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One supervisor for one data folder. The lock is the operating system's and ends with its holder,
 * however that ends; the holder's process is written beside it for {@code ./rapport down}.
 */
final class StackLock implements AutoCloseable {
    private final LocalFolder folder;
    private final FileChannel channel;

    private StackLock(LocalFolder folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static Optional<StackLock> tryAcquire(LocalFolder folder) throws IOException {
        Path file = folder.lock();
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            return Optional.empty();
        }
        ProcessRecord self = ProcessRecord.of("supervisor", ProcessHandle.current(), "TERM");
        Files.writeString(folder.supervisor(), self.line() + "\n");
        return Optional.of(new StackLock(folder, channel));
    }

    static StackLock acquire(LocalFolder folder) throws IOException {
        return tryAcquire(folder)
                .orElseThrow(
                        () ->
                                new CannotGoOn(
                                        "Rapport is already running%s: ./rapport down stops it."
                                                .formatted(
                                                        supervisor(folder)
                                                                .map(
                                                                        running ->
                                                                                " (process "
                                                                                        + running
                                                                                                .pid()
                                                                                        + ")")
                                                                .orElse(""))));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** The supervisor of this folder, when it runs. */
    static Optional<ProcessRecord> supervisor(LocalFolder folder) {
        try {
            return ProcessRecord.parse(Files.readString(folder.supervisor()))
                    .filter(record -> record.running().isPresent());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /**
     * Stops what runs in this folder, from another process: asks its supervisor and waits for it,
     * then ends whatever was left behind. Answers false when nothing ran.
     */
    static boolean stopRunning(LocalFolder folder, Duration patience) throws IOException {
        Optional<ProcessRecord> supervisor = supervisor(folder);
        supervisor.ifPresent(record -> record.end(patience));
        boolean leftovers = !Children.endLeftovers(folder.processes()).isEmpty();
        Files.deleteIfExists(folder.supervisor());
        return supervisor.isPresent() || leftovers;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.supervisor());
        channel.close();
    }
}
