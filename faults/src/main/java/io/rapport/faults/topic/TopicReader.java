package io.rapport.faults.topic;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads all that is committed in the suite's topics, from the beginning, as a client that knows
 * nothing of the suite.
 */
public interface TopicReader {
    /** What it reads with, for the report. */
    String name();

    /** The records of each partition in their order. */
    List<Logged> read();

    /** With {@code kcat} where it is on the PATH, else with a plain client. */
    static TopicReader of(String bootstrapServers) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kcat"))
                .filter(Files::isExecutable)
                .findFirst()
                .<TopicReader>map(program -> new KcatReader(program.toString(), bootstrapServers))
                .orElseGet(() -> new PlainReader(bootstrapServers));
    }
}
