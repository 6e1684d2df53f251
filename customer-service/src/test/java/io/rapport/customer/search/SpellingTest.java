package io.rapport.customer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** By these, words are looked up that may have been meant. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "john",
                "anna",
                "smith",
                "miller",
                "johnson",
                "lovelace",
                "\u5c71\u7530\u592a\u90ce",
                "\ud83e\udd84\ud83d\ude00\ud83e\udd84x"
            })
    void one_typo_leaves_the_beginning_or_the_end(String wanted) {
        String head = Spelling.head(wanted);
        String end = new StringBuilder(Spelling.tail(wanted)).reverse().toString();

        assertThat(wanted).startsWith(head).endsWith(end);
        assertThat(slips(wanted.codePoints().toArray()))
                .isNotEmpty()
                .allMatch(meant -> meant.startsWith(head) || meant.endsWith(end));
    }

    /** What is one letter more, less or another, or has two swapped. */
    private static Stream<String> slips(int[] word) {
        return IntStream.rangeClosed(0, word.length)
                .boxed()
                .flatMap(
                        at ->
                                Stream.of(
                                        text(word, at, at, 'q'),
                                        text(word, at, at + 1),
                                        text(word, at, at + 1, 'q'),
                                        at + 1 < word.length
                                                ? text(word, at, at + 2, word[at + 1], word[at])
                                                : text(word, at, at)));
    }

    /** The word with these letters in place of those from {@code from} until before {@code to}. */
    private static String text(int[] word, int from, int to, int... letters) {
        StringBuilder text = new StringBuilder();
        IntStream.concat(
                        IntStream.concat(
                                IntStream.range(0, from).map(at -> word[at]),
                                IntStream.of(letters)),
                        IntStream.range(to, word.length).map(at -> word[at]))
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
