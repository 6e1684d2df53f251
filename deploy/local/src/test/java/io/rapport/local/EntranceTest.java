package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.local.stack.CannotGoOn;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private static final List<String> ALL = List.of("one", "two", "three");

    @Test
    void those_that_are_named_are_chosen_in_their_own_order() {
        assertThat(chosen("three", "one")).containsExactly("one", "three");
    }

    @Test
    void without_a_name_all_are_chosen() {
        assertThat(chosen()).isEqualTo(ALL);
    }

    @Test
    void a_name_that_nothing_has_is_refused_with_all_that_there_are() {
        assertThatThrownBy(() -> chosen("one", "four"))
                .isInstanceOf(CannotGoOn.class)
                .hasMessage("There is no number four: the numbers are one, two, three.");
    }

    private static List<String> chosen(String... wanted) {
        return Entrance.chosen("number", ALL, Function.identity(), List.of(wanted));
    }
}
