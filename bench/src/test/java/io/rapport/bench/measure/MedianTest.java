package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void one_outlier_moves_nothing() {
        assertThat(Median.of(DoubleStream.of(100, 1, 101, 99, 102))).isEqualTo(100);
    }

    @Test
    void of_an_even_number_it_lies_between_the_two_in_the_middle() {
        assertThat(Median.of(DoubleStream.of(4, 1, 3, 100))).isEqualTo(3.5);
    }

    @Test
    void there_is_none_of_nothing() {
        assertThatThrownBy(() -> Median.of(DoubleStream.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
