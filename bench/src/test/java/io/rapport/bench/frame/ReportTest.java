package io.rapport.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void figures_stand_below_each_other_and_notes_below_their_figure() {
        List<String> lines =
                Report.lines(
                        List.of(
                                Figure.of("customer-read", 8_400.4, Unit.PER_SECOND)
                                        .against(28_000)
                                        .aimingAt(Target.atLeast(0.35))
                                        .beside("CPU µs/operation: 190"),
                                Figure.of("p50", 41.25, Unit.MILLISECONDS)
                                        .aimingAt(Target.below(100)),
                                Figure.of("stale", 0, Unit.COUNT).aimingAt(Target.atMost(0)),
                                Figure.of("max", 1_234, Unit.MILLISECONDS)));
        assertThat(String.join("\n", lines))
                .isEqualTo(
                        """
                                            value     limit  ratio      target  met?
                        customer-read     8,400/s  28,000/s   0.30     >= 0.35    NO
                            CPU µs/operation: 190
                        p50               41.3 ms                   < 100.0 ms   yes
                        stale                   0                         <= 0   yes
                        max            1,234.0 ms\
                        """);
    }
}
