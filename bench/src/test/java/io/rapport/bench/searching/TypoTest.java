package io.rapport.bench.searching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypoTest {
    @Test
    void each_typo_is_another_word_of_nearly_the_same_length() {
        Random random = new Random(7);
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String typed = Typo.in("smith", random);
            assertThat(typed).isNotEqualTo("smith").matches("[a-z]{4,6}");
            lengths.add(typed.length());
        }
        assertThat(lengths).containsExactlyInAnyOrder(4, 5, 6);
    }

    @Test
    void a_word_of_one_letter_repeated_is_not_swapped_with_itself() {
        assertThat(Typo.in("aaaaa", new Random(7))).isNotEqualTo("aaaaa");
    }
}
