package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What takes the place of what. */
class PreferenceTest {

    private static final Instant T = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void what_is_learnt_in_another_way_stands_beside() {
        List<Preference> all = List.of();
        for (Learnt learnt : List.of(Learnt.STATED, Learnt.INFERRED, Learnt.OBSERVED)) {
            all =
                    Preference.with(
                            all, preference("drink", learnt, learnt.name(), T.plusSeconds(9)));
        }

        assertThat(all)
                .extracting(Preference::learnt)
                .containsExactly(Learnt.STATED, Learnt.OBSERVED, Learnt.INFERRED);
        assertThat(Preference.byKey(all).get("drink"))
                .first()
                .extracting(Preference::value)
                .isEqualTo("STATED");
    }

    @ParameterizedTest
    @EnumSource(Learnt.class)
    void of_what_is_learnt_in_one_way_the_newer_one_stays(Learnt learnt) {
        Preference first = preference("drink", learnt, "tea", T);
        Preference later = preference("drink", learnt, "coffee", T.plusSeconds(1));

        assertThat(Preference.with(List.of(first), later)).containsExactly(later);
        assertThat(Preference.with(List.of(first), preference("drink", learnt, "milk", T)))
                .as("of the same time, what is told last")
                .extracting(Preference::value)
                .containsExactly("milk");
        assertThatThrownBy(() -> Preference.with(List.of(later), first))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("newer-preference-known"));
    }

    @Test
    void there_are_at_most_fifty_and_a_known_one_can_still_change() {
        List<Preference> all =
                IntStream.range(0, 50)
                        .mapToObj(n -> preference("k" + n, Learnt.STATED, "x", T))
                        .sorted(Preference.ORDER)
                        .toList();

        assertThat(Preference.with(all, preference("k7", Learnt.STATED, "y", T))).hasSize(50);
        assertThatThrownBy(() -> Preference.with(all, preference("k7", Learnt.OBSERVED, "y", T)))
                .isInstanceOf(Refusal.class);
    }

    private static Preference preference(String key, Learnt learnt, String value, Instant at) {
        return new Preference(
                key, learnt, PreferenceKind.PREFERENCE, value, "crm", at, BigDecimal.ONE);
    }
}
