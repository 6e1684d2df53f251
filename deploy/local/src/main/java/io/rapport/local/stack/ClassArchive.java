package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A service's classes as the JVM keeps them for a quicker start (a class data archive). Whoever
 * starts without one writes down what it loads, from which it is made while the service runs; then
 * all others start with it, for less than two thirds of the CPU time. It lies beside the jar that
 * it belongs to, and a newer jar or another JVM makes it anew. Nothing depends on it: without one a
 * start takes longer.
 */
final class ClassArchive {
    private final Path jar;
    private final Path archive;
    private final Path loaded;

    /** {@code loaded} is where the service writes down which classes it has loaded. */
    ClassArchive(Path jar, Path loaded) {
        this.jar = jar;
        this.archive =
                jar.resolveSibling("classes-" + System.getProperty("java.vm.version") + ".jsa");
        this.loaded = loaded;
    }

    /** What the JVM needs to use it, or to write down what belongs into it. */
    List<String> options() {
        return List.of(
                // What does not come out of an archive is no news for the log of a service.
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                usable()
                        ? "-XX:SharedArchiveFile=" + archive
                        // An archive that the JVM itself makes when it is stopped (dynamic, or an
                        // AOT cache) starts no quicker than this one, but the first start takes
                        // twice the CPU time: for each class all jars are looked through.
                        : "-XX:DumpLoadedClassList=" + loaded);
    }

    /**
     * Makes it from what was loaded so far, unless it is there already. {@code jvm} is the command
     * of the service without what it runs; {@code run} tells whether a command ended well.
     */
    void make(List<String> jvm, Predicate<List<String>> run) {
        if (usable() || !Files.exists(loaded)) {
            return;
        }
        // Another stack of this checkout may be making its own.
        String own = archive.getFileName() + "." + ProcessHandle.current().pid();
        Path beingMade = archive.resolveSibling(own);
        Path list = archive.resolveSibling(own + ".list");
        try {
            Files.writeString(list, wholeLines(Files.readString(loaded)));
            if (run.test(command(jvm, list, beingMade)) && Files.exists(beingMade)) {
                Files.move(
                        beingMade,
                        archive,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(beingMade);
            Files.deleteIfExists(list);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot write to " + jar.getParent(), e);
        }
    }

    private List<String> command(List<String> jvm, Path list, Path made) {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(
                List.of(
                        "-Xlog:disable",
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + made,
                        "-jar",
                        jar.toString()));
        return command;
    }

    /** The service goes on writing: its last line may be torn. */
    private static String wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
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
}
