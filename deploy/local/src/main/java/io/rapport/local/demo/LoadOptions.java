package io.rapport.local.demo;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * How a file is loaded. {@code source} is the identity source of its customers and invoices; {@code
 * patience} how long one call is tried again; {@code sent} is told after each answer how many
 * invoices are settled, from several threads.
 */
public record LoadOptions(
        String source,
        int connections,
        int batchLines,
        Duration patience,
        boolean asIs,
        LongConsumer sent) {
    public static final LoadOptions USUAL =
            new LoadOptions("online-retail", 8, 250, Duration.ofSeconds(60), false, settled -> {});

    public LoadOptions {
        if (connections < 1 || batchLines < 1 || batchLines > 1000) {
            throw new IllegalArgumentException(
                    "connections from 1, lines of a batch from 1 to 1000");
        }
    }

    public LoadOptions withDatesAsTheyAre() {
        return new LoadOptions(source, connections, batchLines, patience, true, sent);
    }
}
