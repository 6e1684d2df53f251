package io.rapport.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        if (!Files.isDirectory(path(folder))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path(folder))) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(Checkout::isOurs)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static boolean isOurs(Path file) {
        for (Path part : ROOT.relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
