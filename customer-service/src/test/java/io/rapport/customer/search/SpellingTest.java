package io.rapport.customer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "smith, smith, 0",
        "smith, smithson, 1",
        "smit, smith, 1",
        "smiht, smith, 2",
        "smth, smith, 2",
        "smitth, smith, 2",
        "smath, smith, 2",
        "msith, smith, 2",
        "jhon, john, 2",
        "lovelase, lovelace, 2",
        "lovvelase, lovelace, 4",
        "\u043f\u0435\u0442\u0440\u043e\u0430, \u043f\u0435\u0442\u0440\u043e\u0432\u0430, 2",
    })
    void a_word_is_found_for_the_one_that_was_meant(String wanted, String found, int cost) {
        assertThat(Spelling.cost(wanted, found)).isEqualTo(OptionalInt.of(cost));
    }

    @ParameterizedTest
    @CsvSource({
        "sm, smith",
        "jon, john",
        "smi, smith",
        "smaht, smith",
        "smith, smart",
        "lovvelas, lovelace",
        "ad, ada",
        "xovvelase, lovelace",
    })
    void what_is_too_far_off_or_too_short_is_not_found(String wanted, String found) {
        assertThat(Spelling.cost(wanted, found)).isEmpty();
    }
}
