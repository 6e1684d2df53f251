package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A service's classes as the JVM keeps them for a quicker start (a dynamic class data archive). The
 * first that starts without one writes it when it ends in order; then all others start with it, for
 * half of the CPU time. It lies beside the jar that it belongs to, and a newer jar or another JVM
 * makes it anew.
 */
final class ClassArchive {
    private final Path jar;
    private final Path archive;
    private final Path beingMade;

    ClassArchive(Path jar) {
        this.jar = jar;
        String name = "classes-" + System.getProperty("java.vm.version") + ".jsa";
        this.archive = jar.resolveSibling(name);
        // Another stack of this checkout may be making its own.
        this.beingMade = jar.resolveSibling(name + "." + ProcessHandle.current().pid());
    }

    /** What the JVM needs to use it, or to make it. */
    List<String> options() {
        return List.of(
                // What does not go into an archive is no news for the log of a service.
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Xlog:aot=off",
                usable()
                        ? "-XX:SharedArchiveFile=" + archive
                        : "-XX:ArchiveClassesAtExit=" + beingMade);
    }

    private boolean usable() {
        try {
            return Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar))
                            > 0;
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot read " + jar.getParent(), e);
        }
    }

    /** Keeps what a JVM made that ended in order; nothing happens when none did. */
    void keep() {
        try {
            if (Files.exists(beingMade)) {
                Files.move(
                        beingMade,
                        archive,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + jar.getParent(), e);
        }
    }

    /** Forgets what a JVM began to make that was ended by force. */
    void discard() {
        try {
            Files.deleteIfExists(beingMade);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + jar.getParent(), e);
        }
    }
}
