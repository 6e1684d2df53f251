package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.Script.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code ./rapport up} builds before it starts, in a checkout of empty files with a Maven that
 * only tells that it was called.
 */
class RapportBuildTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant BUILT = Instant.parse("2026-01-01T11:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-01-01T12:00:00Z");

    private static final String MAVEN = "mvnw -q -B -DskipTests package";
    private static final String SUPERVISOR = "rapport-local.jar up\n";
    private static final List<String> LIBRARIES = List.of("platform", "operations", "directory");
    private static final List<String> SERVICES =
            List.of(
                    "customer-service",
                    "interaction-service",
                    "loyalty-service",
                    "feedback-service");

    @TempDir private Path folder;
    private Path root;
    private Script script;

    @BeforeEach
    void checkOut() throws IOException {
        root = Files.createDirectories(folder.toRealPath().resolve("checkout"));
        Path copy = root.resolve("rapport");
        Files.copy(Path.of(System.getProperty("rapport.root"), "rapport"), copy);
        script = new Script(folder, copy);
        script.jdk("jdks/temurin", "25.0.1", "echo \"$@\"");
        file("pom.xml", WRITTEN);
        Stream.concat(modules(), Stream.of("deploy/local"))
                .forEach(
                        module -> {
                            file(module + "/pom.xml", WRITTEN);
                            file(module + "/src/main/java/Some.java", WRITTEN);
                            file(module + "/src/test/java/SomeTest.java", WRITTEN);
                        });
        jars().forEach(jar -> file(jar, BUILT));
        maven("true");
    }

    private static Stream<String> modules() {
        return Stream.concat(LIBRARIES.stream(), SERVICES.stream());
    }

    private static Stream<String> jars() {
        return Stream.concat(
                Stream.concat(
                        LIBRARIES.stream()
                                .map(library -> library + "/target/classes/META-INF/jandex.idx"),
                        SERVICES.stream()
                                .map(service -> service + "/target/quarkus-app/quarkus-run.jar")),
                Stream.of("deploy/local/target/rapport-local.jar"));
    }

    private static Stream<String> sources() {
        return Stream.concat(
                Stream.of(
                        "pom.xml", "deploy/local/pom.xml", "deploy/local/src/main/java/Some.java"),
                modules()
                        .flatMap(
                                module ->
                                        Stream.of(
                                                module + "/pom.xml",
                                                module + "/src/main/java/Some.java")));
    }

    @Test
    void what_is_built_is_started_and_not_built_again() throws Exception {
        Run run = up();
        assertThat(run.output()).endsWith(SUPERVISOR).hasLineCount(1);
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void what_is_missing_is_built(String jar) throws Exception {
        Files.delete(root.resolve(jar));
        maven("touch " + root.resolve(jar));
        assertThat(up().output())
                .startsWith("Building; the first time this takes some minutes")
                .contains(MAVEN)
                .endsWith(SUPERVISOR);
        assertThat(up().output()).doesNotContain(MAVEN);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void what_was_changed_is_built_once_also_where_no_jar_becomes_newer_by_it(String source)
            throws Exception {
        file(source, CHANGED);
        assertThat(up().output()).contains(MAVEN).endsWith(SUPERVISOR);
        assertThat(up().output()).doesNotContain(MAVEN);
    }

    @Test
    void what_is_changed_while_it_is_built_is_built_the_next_time() throws Exception {
        file("platform/src/main/java/Some.java", CHANGED);
        maven("touch -t 203712312359 " + root.resolve("platform/src/main/java/Some.java"));
        assertThat(up().output()).contains(MAVEN);
        assertThat(up().output()).contains(MAVEN);
    }

    @Test
    void tests_are_nothing_to_build_for() throws Exception {
        file("platform/src/test/java/SomeTest.java", CHANGED);
        assertThat(up().output()).doesNotContain(MAVEN).endsWith(SUPERVISOR);
    }

    @Test
    void a_build_that_fails_starts_nothing_and_is_tried_again() throws Exception {
        file("pom.xml", CHANGED);
        maven("exit 1");
        for (int attempt = 0; attempt < 2; attempt++) {
            Run run = up();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .contains(MAVEN)
                    .endsWith("The build failed; its messages are above.\n");
        }
    }

    @Test
    void nothing_is_built_under_a_stack_that_runs() throws Exception {
        file("pom.xml", CHANGED);
        file(".rapport/supervisor", CHANGED);
        Files.writeString(
                root.resolve(".rapport/supervisor"),
                "supervisor " + ProcessHandle.current().pid() + " 0 TERM\n");
        assertThat(up().output()).doesNotContain(MAVEN).endsWith(SUPERVISOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "demo"})
    void without_jars_a_stack_cannot_be_asked(String command) throws Exception {
        Files.delete(root.resolve("deploy/local/target/rapport-local.jar"));
        assertThat(script.run(Map.of(), command))
                .isEqualTo(
                        new Run(
                                1,
                                "Nothing is built yet: ./rapport up builds and starts everything.\n"));
    }

    @Test
    void nor_is_there_one_to_stop_unless_its_jars_were_cleaned_away_under_it() throws Exception {
        String jar = "deploy/local/target/rapport-local.jar";
        Files.delete(root.resolve(jar));
        assertThat(script.run(Map.of(), "down")).isEqualTo(new Run(0, "Nothing is running.\n"));

        file(".rapport/processes", CHANGED);
        maven("touch " + root.resolve(jar));
        assertThat(script.run(Map.of(), "down").output())
                .contains(MAVEN)
                .endsWith("rapport-local.jar down\n");
    }

    private Run up() throws Exception {
        return script.run(Map.of(), "up");
    }

    private void maven(String then) throws IOException {
        Script.program(root.resolve("mvnw"), "echo mvnw \"$@\"\n" + then);
    }

    private void file(String path, Instant changed) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "");
            Files.setLastModifiedTime(file, FileTime.from(changed));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
