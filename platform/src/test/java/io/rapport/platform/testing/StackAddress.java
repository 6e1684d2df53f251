package io.rapport.platform.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running {@link TestStack} is reached, all of it on the loopback interface. The name is
 * random: a process that took over one of the ports of a stack that is gone cannot answer with it.
 */
record StackAddress(String name, int control, int postgres, int kafka) {

    String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + postgres + "/" + database;
    }

    String bootstrapServers() {
        return "localhost:" + kafka;
    }

    /** Replaces the file as a whole: a reader sees the old address or the new one. */
    void write(Path file) throws IOException {
        Path draft = file.resolveSibling(name + ".draft");
        Files.writeString(
                draft,
                """
                name=%s
                control=%d
                postgres=%d
                kafka=%d
                """
                        .formatted(name, control, postgres, kafka));
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The address in the file, if there is one; nobody says that the stack still runs. */
    static Optional<StackAddress> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = new StringReader(Files.readString(file))) {
            properties.load(text);
            return Optional.of(
                    new StackAddress(
                            properties.getProperty("name", ""),
                            Integer.parseInt(properties.getProperty("control", "")),
                            Integer.parseInt(properties.getProperty("postgres", "")),
                            Integer.parseInt(properties.getProperty("kafka", ""))));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
