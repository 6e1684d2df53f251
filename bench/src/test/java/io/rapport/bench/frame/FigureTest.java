package io.rapport.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void with_a_limit_the_target_is_one_of_the_ratio() {
        Figure figure =
                Figure.of("read", 4_000, Unit.PER_SECOND)
                        .against(10_000)
                        .aimingAt(Target.atLeast(0.35));
        assertThat(figure.ratio().orElseThrow()).isEqualTo(0.4);
        assertThat(figure.met()).contains(true);
        assertThat(figure.against(20_000).met()).contains(false);
    }

    @Test
    void without_a_limit_it_is_one_of_the_value() {
        Figure figure = Figure.of("p50", 99.9, Unit.MILLISECONDS).aimingAt(Target.below(100));
        assertThat(figure.ratio()).isEmpty();
        assertThat(figure.met()).contains(true);
        assertThat(Target.below(100).isMetBy(100)).isFalse();
        assertThat(Target.atLeast(1_000).isMetBy(1_000)).isTrue();
        assertThat(Target.atMost(0).isMetBy(0)).isTrue();
        assertThat(Target.atMost(0).isMetBy(1)).isFalse();
        assertThat(Target.atMost(0).isMetBy(Double.NaN)).isFalse();
    }

    @Test
    void without_a_target_nothing_is_met_or_missed() {
        assertThat(Figure.of("max", 1, Unit.SECONDS).met()).isEmpty();
    }
}
