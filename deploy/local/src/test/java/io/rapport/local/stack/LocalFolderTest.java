package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {
    private static final long NEEDED = 1L << 30;

    @TempDir private Path data;

    @Test
    void a_disk_with_a_gibibyte_left_will_do() {
        LocalFolder folder = new LocalFolder(data, data.resolve("fresh"));
        folder.prepare(asked -> NEEDED);
        assertThat(folder.logs()).isDirectory();
        assertThat(folder.keys()).isDirectory();
    }

    @Test
    void a_disk_with_less_is_refused_in_one_line_with_what_to_do() {
        LocalFolder folder = new LocalFolder(data, data.resolve("fresh"));
        assertThatThrownBy(() -> folder.prepare(asked -> NEEDED - 1))
                .isInstanceOf(CannotGoOn.class)
                .hasMessage(
                        "Only 1023 MiB are free where "
                                + folder.data()
                                + " lies, and Rapport needs 1024: make room, or set RAPPORT_DATA to a folder on another disk.");
    }

    @Test
    void a_disk_on_which_nothing_can_be_written_is_refused_in_one_line_too() throws Exception {
        LocalFolder folder = new LocalFolder(data, Files.writeString(data.resolve("file"), ""));
        assertThatThrownBy(() -> folder.prepare(asked -> NEEDED))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageStartingWith("Cannot write to " + folder.data() + ": ")
                .message()
                .hasLineCount(1);
    }

    @Test
    void forgetting_leaves_only_who_holds_the_folder_and_the_figures_of_benchmarks()
            throws Exception {
        for (String file :
                List.of(
                        "bench/2026-11-21.json",
                        "bench-stack/lock",
                        "keys/pgpass",
                        "lock",
                        "port-offset",
                        "postgresql/base/1",
                        "supervisor")) {
            Path path = data.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, "kept");
        }

        new LocalFolder(data.resolve("checkout"), data).forget();

        try (Stream<Path> left = Files.walk(data)) {
            assertThat(
                            left.filter(Files::isRegularFile)
                                    .map(path -> data.relativize(path).toString()))
                    .containsExactlyInAnyOrder("bench/2026-11-21.json", "lock", "supervisor");
        }
    }
}
