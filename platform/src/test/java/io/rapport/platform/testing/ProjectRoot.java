package io.rapport.platform.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the checkout: by the system property {@code rapport.root}, or by walking up to the Maven
 * Wrapper.
 */
final class ProjectRoot {

    private ProjectRoot() {}

    static Path path() {
        String configured = System.getProperty("rapport.root", "");
        Path start = Path.of(configured).toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw"))) {
                return at;
            }
        }
        throw new IllegalStateException("No mvnw at or above " + start + "; set -Drapport.root");
    }
}
