package io.rapport.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What docs/operations/alarms.md tells operators to watch, against what a service measures. */
public final class Alarms {

    private static final Pattern WATCHED =
            Pattern.compile("^\\| `([a-z]+_[a-z_]+)`", Pattern.MULTILINE);
    // Is there from the first event on that an admin gives up.
    private static final String DISCARDED = "rapport_events_discarded_total";
    private static final Duration SOON = Duration.ofSeconds(30);

    private Alarms() {}

    /**
     * Verifies that every metric has values, that the relay is in one state, and so is each of
     * these consumers.
     */
    public static void verify(MeterRegistry metrics, String... consumers) {
        List<String> watched = watched();
        assertThat(watched).contains("rapport_outbox_pending", "agroal_awaiting_count");
        await().atMost(SOON).untilAsserted(() -> verify(metrics, watched, consumers));
    }

    private static void verify(MeterRegistry metrics, List<String> watched, String... consumers) {
        for (String name : watched) {
            assertThat(values(metrics, name)).as(name).isNotEmpty().doesNotContain(Double.NaN);
        }
        assertThat(values(metrics, "rapport_relay_state")).containsOnlyOnce(1.0);
        for (String consumer : consumers) {
            assertThat(values(metrics, "rapport_consumer_lag", "consumer", consumer)).hasSize(1);
            assertThat(values(metrics, "rapport_consumer_state", "consumer", consumer))
                    .as(consumer)
                    .containsOnlyOnce(1.0);
        }
    }

    private static List<Double> values(MeterRegistry metrics, String name, String... tags) {
        return metrics.find(name.replace('_', '.')).tags(tags).gauges().stream()
                .map(Gauge::value)
                .toList();
    }

    private static List<String> watched() {
        try {
            String document =
                    Files.readString(ProjectRoot.path().resolve("docs/operations/alarms.md"));
            return WATCHED.matcher(document)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.equals(DISCARDED))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
