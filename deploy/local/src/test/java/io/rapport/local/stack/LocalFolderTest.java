package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {
    @TempDir private Path data;

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
