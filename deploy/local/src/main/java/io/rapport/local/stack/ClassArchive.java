package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service's classes as the JVM keeps them for a quicker start (a dynamic class data archive). The
 * first that starts without one is asked for it before it is stopped; then all others start with
 * it, for half of the CPU time. It lies beside the jar that it belongs to, and a newer jar or
 * another JVM makes it anew. Nothing depends on it: without one a start takes longer.
 */
final class ClassArchive {
    private static final int PATIENCE_SECONDS = 30;

    private final Path jar;
    private final Path archive;

    ClassArchive(Path jar) {
        this.jar = jar;
        this.archive =
                jar.resolveSibling("classes-" + System.getProperty("java.vm.version") + ".jsa");
    }

    /** What the JVM needs to use it, or to make it later. */
    List<String> options() {
        return List.of(
                // What does not go into an archive is no news for the log of a service.
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Xlog:aot=off",
                usable() ? "-XX:SharedArchiveFile=" + archive : "-XX:+RecordDynamicDumpInfo");
    }

    /** Takes the classes of a running service, unless there is an archive of them already. */
    void keepThoseOf(ChildProcess running) {
        if (usable()) {
            return;
        }
        // Another stack of this checkout may be making its own.
        Path beingMade = archive.resolveSibling(archive.getFileName() + "." + running.pid());
        try {
            if (dumped(running.pid(), beingMade)) {
                Files.move(
                        beingMade,
                        archive,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(beingMade);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + jar.getParent(), e);
        }
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

    private static boolean dumped(long pid, Path file) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/jcmd",
                                Long.toString(pid),
                                "VM.cds",
                                "dynamic_dump",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && jcmd.exitValue() == 0
                    && Files.exists(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            jcmd.destroyForcibly();
        }
    }
}
