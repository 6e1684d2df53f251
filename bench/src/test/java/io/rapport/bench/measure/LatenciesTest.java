package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void a_percentile_is_a_value_that_so_many_are_at_or_below() {
        Histogram nanos = Latencies.empty();
        for (int millis = 1; millis <= 100; millis++) {
            nanos.recordValue(millis * 1_000_000L);
        }
        assertThat(Latencies.millis(nanos, 50)).isCloseTo(50, within(0.05));
        assertThat(Latencies.millis(nanos, 99)).isCloseTo(99, within(0.1));
        assertThat(Latencies.percentiles(nanos).get("max")).isCloseTo(100, within(0.1));
    }

    @Test
    void hours_and_microseconds_fit_in() {
        Histogram nanos = Latencies.empty();
        nanos.recordValue(3_600_000_000_000L);
        nanos.recordValue(1_000);
        assertThat(Latencies.millis(nanos, 100)).isCloseTo(3_600_000, within(3_600.0));
        assertThat(Latencies.millis(nanos, 50)).isCloseTo(0.001, within(0.0001));
    }

    @Test
    void of_nothing_every_percentile_is_0() {
        assertThat(Latencies.millis(Latencies.empty(), 99)).isZero();
    }
}
