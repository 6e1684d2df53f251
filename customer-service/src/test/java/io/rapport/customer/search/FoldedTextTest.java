package io.rapport.customer.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ada Lovelace                        | ada,lovelace",
                "ZO\u00cb                            | zoe",
                "Zoe\u0308                           | zoe",
                "Stra\u00dfe \u00c6r\u00f8           | strasse,aero",
                "\u0141uka\u015a                     | lukas",
                "O'Brien O\u2019Brien                | obrien,obrien",
                "Anne-Marie                          | anne,marie",
                "\uff21\uff44\uff41                  | ada",
                "\u0130stanbul                       | istanbul",
                "\u041f\u0451\u0442\u0440            | \u043f\u0435\u0442\u0440",
                "\u202e\u05d3\u05d5\u05d3\u202c      | \u05d3\u05d5\u05d3",
                "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f | \u0645\u062d\u0645\u062f",
                "\u0661\u0662\u0663                  | 123",
                "\uae40\ubbfc\uc900                  | \uae40\ubbfc\uc900",
                "\u5c71\u7530\u3000\u592a\u90ce      | \u5c71\u7530,\u592a\u90ce",
                "Ada\ud83d\ude00                     | ada,\ud83d\ude00",
                "a\u200bda                           | ada",
            })
    void words_of_any_script_fold_to_one_form(String text, String words) {
        assertThat(String.join(",", FoldedText.words(text))).isEqualTo(words);
    }

    @Test
    void what_is_neither_letter_nor_digit_nor_symbol_is_no_word() {
        assertThat(FoldedText.words(" !?-_ \u0301 \u200f ")).isEmpty();
    }

    @Test
    void a_long_word_is_cut_at_a_whole_letter() {
        assertThat(FoldedText.words("\ud83d\ude00".repeat(100)))
                .containsExactly("\ud83d\ude00".repeat(FoldedText.LONGEST_WORD));
    }

    @Test
    void what_has_digits_and_is_divided_is_also_kept_undivided() {
        assertThat(FoldedText.terms("Gold AB-1234"))
                .containsExactly("gold", "ab", "1234", "ab1234");
    }
}
