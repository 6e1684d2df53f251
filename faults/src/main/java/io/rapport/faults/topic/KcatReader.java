package io.rapport.faults.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.local.stack.CannotGoOn;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program kcat, one call a topic, a line of JSON for each record. */
record KcatReader(String program, String bootstrapServers) implements TopicReader {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String name() {
        return "kcat";
    }

    @Override
    public List<Logged> read() {
        List<Logged> read = new ArrayList<>();
        SuiteTopic.names().forEach(topic -> read(topic, read));
        return read;
    }

    private void read(String topic, List<Logged> read) {
        List<String> command =
                List.of(
                        program,
                        "-C",
                        "-q",
                        "-e",
                        "-J",
                        "-b",
                        bootstrapServers,
                        "-t",
                        topic,
                        "-o",
                        "beginning",
                        "-X",
                        "isolation.level=read_committed",
                        // The broker holds back an answer without records for half a second else.
                        "-X",
                        "fetch.wait.max.ms=20");
        try {
            Process kcat =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (BufferedReader lines = kcat.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    read.add(logged(line));
                }
                if (kcat.waitFor() != 0) {
                    throw new CannotGoOn("kcat could not read " + topic + ".");
                }
            } finally {
                kcat.destroy();
            }
        } catch (IOException e) {
            throw CannotGoOn.because("kcat could not read " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    static Logged logged(String line) throws JsonProcessingException {
        JsonNode record = JSON.readTree(line);
        Map<String, String> headers = new HashMap<>();
        JsonNode named = record.path("headers");
        for (int i = 0; i + 1 < named.size(); i += 2) {
            headers.put(named.get(i).asText(), named.get(i + 1).asText(""));
        }
        return new Logged(
                new Logged.Place(
                        record.path("topic").asText(),
                        record.path("partition").asInt(),
                        record.path("offset").asLong()),
                text(record.path("key")),
                Map.copyOf(headers),
                text(record.path("payload")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
