package io.rapport.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {

    @ParameterizedTest
    @CsvSource({"NPS, 0, 10", "CSAT, 1, 5", "CES, 1, 7"})
    void each_metric_has_its_own_scale(Metric metric, int lowest, int highest) {
        assertThat(metric.hasOnScale(lowest)).isTrue();
        assertThat(metric.hasOnScale(highest)).isTrue();
        assertThat(metric.hasOnScale(lowest - 1)).isFalse();
        assertThat(metric.hasOnScale(highest + 1)).isFalse();
        assertThat(metric.hasOnScale(Integer.MAX_VALUE)).isFalse();
        assertThat(metric.hasOnScale(Integer.MIN_VALUE)).isFalse();
    }
}
