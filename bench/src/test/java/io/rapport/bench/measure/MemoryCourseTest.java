package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryCourseTest {
    @Test
    void its_ends_are_the_medians_of_the_first_and_the_last_minute() {
        List<Long> hundredLooks =
                LongStream.rangeClosed(1, 100).map(mebibytes -> mebibytes * 1024).boxed().toList();
        assertThat(MemoryCourse.ends(hundredLooks)).contains(new MemoryCourse.Ends(6.5, 94.5));
    }

    @Test
    void of_a_short_one_they_are_its_halves() {
        assertThat(MemoryCourse.ends(List.of(1024L, 2048L, 3072L, 4096L, 8192L)))
                .contains(new MemoryCourse.Ends(1.5, 6));
    }

    @Test
    void one_look_has_no_two_ends() {
        assertThat(MemoryCourse.ends(List.of(1024L))).isEmpty();
    }
}
