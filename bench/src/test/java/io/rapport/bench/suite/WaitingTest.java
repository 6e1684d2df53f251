package io.rapport.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.local.stack.CannotGoOn;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final String METRICS =
            """
            # HELP rapport_consumer_lag Records in this member's partitions that are not applied yet
            # TYPE rapport_consumer_lag gauge
            rapport_consumer_lag{consumer="directory"} 2.0
            rapport_consumer_lag{consumer="earning points"} 3.0
            rapport_consumer_lag_other 70.0
            # TYPE rapport_outbox_pending gauge
            rapport_outbox_pending 12.0
            """;

    @Test
    void a_metric_is_the_sum_of_its_values_whatever_they_are_tagged_with() {
        assertThat(Waiting.sum(METRICS, "rapport_consumer_lag")).isEqualTo(5);
        assertThat(Waiting.sum(METRICS, "rapport_outbox_pending")).isEqualTo(12);
    }

    @Test
    void what_is_unknown_is_not_nothing() {
        assertThat(Waiting.sum("rapport_outbox_pending NaN\n", "rapport_outbox_pending")).isNaN();
        assertThatThrownBy(() -> Waiting.sum(METRICS, "rapport_events_early"))
                .isInstanceOf(CannotGoOn.class);
    }
}
