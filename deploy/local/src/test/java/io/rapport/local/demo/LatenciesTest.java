package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void a_percentile_is_a_measured_value() {
        Latencies latencies =
                Latencies.of(
                        IntStream.rangeClosed(1, 200)
                                .mapToObj(Duration::ofMillis)
                                .toList()
                                .reversed());
        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofMillis(100));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(latencies.percentile(100)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void one_value_is_every_percentile() {
        Latencies latencies = Latencies.of(List.of(Duration.ofMillis(3)));
        assertThat(latencies).hasToString("p50 3 ms, p99 3 ms, max 3 ms");
    }
}
