package io.rapport.customer.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be the same, by which rule, and how likely that is. */
class MatchTest {

    private static final List<String> HOME = List.of("12", "james", "london", "square", "st");
    private static final LocalDate BORN = LocalDate.parse("1985-12-10");

    @Test
    void an_address_in_common_is_likely_whatever_the_names_are() {
        assertThat(Match.between(mail("ada lovelace"), mail("ada lovelace")))
                .hasValue(new Match(DuplicateRule.SAME_EMAIL, 100, List.of("email", "name")));
        assertThat(Match.between(mail(""), mail("ada")))
                .hasValue(new Match(DuplicateRule.SAME_EMAIL, 70, List.of("email")));
    }

    @Test
    void a_phone_in_common_says_as_much_as_the_names_do() {
        assertThat(Match.between(phone("ada lovelace"), phone("ada lovelace")))
                .hasValue(new Match(DuplicateRule.SAME_PHONE, 90, List.of("phone", "name")));
        // A household: worth a look, and not enough to ask before a customer is made.
        assertThat(Match.between(phone("ada lovelace"), phone("lovelace william")))
                .hasValueSatisfying(
                        match ->
                                assertThat(match.score())
                                        .isBetween(Match.WORTH_A_LOOK, Match.LIKELY - 1));
        assertThat(Match.between(phone("ada lovelace"), phone("grace hopper"))).isEmpty();
    }

    @Test
    void a_birthday_counts_with_a_name_that_is_alike_and_an_address_adds_to_it() {
        assertThat(Match.between(born("ada lovelace", HOME), born("ada lovelace", HOME)))
                .hasValue(
                        new Match(
                                DuplicateRule.SIMILAR_PERSON,
                                100,
                                List.of("name", "birthday", "address")));
        assertThat(Match.between(born("ada lovelace", HOME), born("ada lovelase", List.of())))
                .hasValueSatisfying(
                        match -> {
                            assertThat(match.score()).isBetween(50, 69);
                            assertThat(match.matched()).containsExactly("name", "birthday");
                        });
        assertThat(Match.between(born("ada lovelace", HOME), born("grace hopper", HOME))).isEmpty();
    }

    @Test
    void who_tells_nothing_is_like_nobody() {
        assertThat(Match.between(Traits.NONE, Traits.NONE)).isEmpty();
        assertThat(Match.between(Traits.NONE, mail("ada"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "word, word, 1",
        "word, two words, 0.363636",
        "ada lovelace, lovelace ada, 1",
        "smith, smiht, 0.333333",
        "'', '', 0",
        "ada, '', 0",
    })
    void names_are_as_similar_as_pg_trgm_says(String one, String other, double similarity) {
        assertThat(Similarity.of(words(one), words(other))).isEqualTo(similarity, within(1e-6));
    }

    private static Traits mail(String name) {
        return new Traits(
                new TreeSet<>(Set.of("ada@example.org")), none(), words(name), null, List.of());
    }

    private static Traits phone(String name) {
        return new Traits(
                none(), new TreeSet<>(Set.of("+442079460958")), words(name), null, List.of());
    }

    private static Traits born(String name, List<String> address) {
        return new Traits(
                none(),
                none(),
                words(name),
                BORN,
                address.isEmpty() ? List.of() : List.of(address));
    }

    private static SortedSet<String> none() {
        return new TreeSet<>();
    }

    private static List<String> words(String name) {
        return name.isEmpty() ? List.of() : List.of(name.split(" "));
    }
}
