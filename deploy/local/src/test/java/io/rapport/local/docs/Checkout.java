package io.rapport.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project as text: documents, sources and settings. What was built is no part of it. */
final class Checkout {

    static final List<String> SERVICES =
            List.of(
                    "customer-service",
                    "interaction-service",
                    "loyalty-service",
                    "feedback-service");

    /** The modules that services are built on. */
    static final List<String> MECHANISM = List.of("platform", "operations", "directory");

    /** All modules that a running service consists of. */
    static final List<String> MODULES =
            Stream.concat(SERVICES.stream(), MECHANISM.stream()).toList();

    private static final Path ROOT =
            Path.of(System.getProperty("rapport.root", "../..")).toAbsolutePath().normalize();
    private static final List<String> NOT_OURS = List.of("target", ".git", ".rapport");

    private Checkout() {}

    static Path path(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        return text(path(path));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder whose names end like this; none where there is no such folder. */
    static List<Path> files(String folder, String ending) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(path(folder))) {
            return found;
        }
        try {
            Files.walkFileTree(
                    path(folder).normalize(),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(String.valueOf(directory.getFileName()))
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (file.toString().endsWith(ending)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(found);
        return found;
    }

    /** The production sources of a module. */
    static List<Path> sources(String module) {
        return files(module + "/src/main/java", ".java");
    }

    static String shown(Path file) {
        return ROOT.relativize(file).toString();
    }

    static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** The first group of each match. */
    static List<String> words(Pattern pattern, String text) {
        return matches(pattern, text).stream().map(match -> match.group(1)).toList();
    }
}
