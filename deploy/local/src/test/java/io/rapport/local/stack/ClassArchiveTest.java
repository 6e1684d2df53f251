package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final List<String> JVM = List.of(System.getProperty("java.home") + "/bin/java");

    /** What is started. */
    static final class Greeting {
        private Greeting() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @TempDir private Path folder;
    private Path jar;
    private Path loaded;
    private ClassArchive archive;

    @BeforeEach
    void build() throws IOException {
        jar = Files.createDirectories(folder.resolve("built")).resolve("run.jar");
        loaded = folder.resolve("loaded");
        archive = new ClassArchive(jar, loaded);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Greeting.class.getName());
        String entry = "/" + Greeting.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes =
                        Objects.requireNonNull(Greeting.class.getResourceAsStream(entry))) {
            output.putNextEntry(new JarEntry(entry.substring(1)));
            bytes.transferTo(output);
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void what_was_loaded_once_comes_out_of_the_archive_from_then_on() throws Exception {
        assertThat(started()).contains("hello").contains("Greeting source: file:");
        archive.make(JVM, ClassArchiveTest::run);
        assertThat(started())
                .contains("hello")
                .contains("Greeting source: shared objects file")
                .doesNotContain("source: file:");
    }

    @Test
    void a_newer_jar_needs_a_new_one() throws Exception {
        started();
        archive.make(JVM, ClassArchiveTest::run);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(archive.options()).contains("-XX:DumpLoadedClassList=" + loaded);
    }

    @Test
    void a_line_that_is_still_being_written_is_left_out() throws Exception {
        Files.writeString(loaded, "java/lang/Object id: 0\njava/lang/Str");
        List<String> listed = new ArrayList<>();
        archive.make(
                JVM,
                command -> {
                    listed.addAll(list(command));
                    return false;
                });
        assertThat(listed).containsExactly("java/lang/Object id: 0");
    }

    @Test
    void one_that_cannot_be_made_leaves_nothing_and_keeps_nobody_from_starting() throws Exception {
        started();
        Files.writeString(loaded, "garbage\n", StandardOpenOption.APPEND);
        archive.make(List.of("false"), ClassArchiveTest::run);
        try (Stream<Path> files = Files.list(jar.getParent())) {
            assertThat(files).containsExactly(jar);
        }
        assertThat(started()).contains("hello");
    }

    @Test
    void without_a_start_there_is_nothing_to_make_one_of() {
        archive.make(
                JVM,
                command -> {
                    throw new AssertionError(command);
                });
        assertThat(archive.options()).contains("-XX:DumpLoadedClassList=" + loaded);
    }

    private String started() throws Exception {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(archive.options());
        command.addAll(List.of("-Xlog:class+load", "-jar", jar.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> list(List<String> command) {
        String option = "-XX:SharedClassListFile=";
        try {
            return Files.readAllLines(
                    Path.of(
                            command.stream()
                                    .filter(word -> word.startsWith(option))
                                    .findFirst()
                                    .orElseThrow()
                                    .substring(option.length())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
