package io.rapport.loyalty.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgrammeTest {

    private static final List<Tier> LADDER =
            List.of(new Tier("BASE", 0), new Tier("SILVER", 500), new Tier("GOLD", 2000));

    private final Programme programme = new Programme("default", 1, 1, LADDER);

    @ParameterizedTest
    @CsvSource({
        "0.00, GBP, 0",
        "0.99, GBP, 0",
        "1.00, GBP, 1",
        "1.99, GBP, 1",
        "-1.99, GBP, 1",
        "-0.01, GBP, 0",
        "168469.60, GBP, 168469",
        "-168469.60, GBP, 168469",
        "1200, JPY, 1200",
        "1.999, KWD, 1",
        "999999999999999.99, EUR, 999999999999999",
    })
    void an_amount_is_worth_its_whole_units(String amount, String currency, long points) {
        assertThat(programme.pointsFor(new Money(new BigDecimal(amount), currency)))
                .isEqualTo(points);
    }

    @Test
    void each_whole_unit_is_worth_what_the_programme_says() {
        Programme generous = new Programme("default", 2, 10, LADDER);
        assertThat(generous.pointsFor(new Money(new BigDecimal("12.99"), "GBP"))).isEqualTo(120);
    }

    @Test
    void more_points_than_can_be_counted_are_refused() {
        Programme absurd = new Programme("default", 3, Long.MAX_VALUE, LADDER);
        assertThatThrownBy(() -> absurd.pointsFor(new Money(new BigDecimal("2"), "GBP")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("points-overflow"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, BASE, 500",
        "499, BASE, 1",
        "500, SILVER, 1500",
        "1999, SILVER, 1",
        "2000, GOLD,",
        "9223372036854775807, GOLD,",
    })
    void a_tier_is_reached_exactly_at_its_threshold(long qualifying, String tier, Long toNext) {
        assertThat(programme.tierAt(qualifying).code()).isEqualTo(tier);
        assertThat(programme.pointsToNextTier(qualifying).orElse(null)).isEqualTo(toNext);
    }

    @Test
    void a_ladder_begins_at_zero_and_rises() {
        assertThatThrownBy(() -> withLadder()).hasMessageContaining("does not begin at 0");
        assertThatThrownBy(() -> withLadder(new Tier("BASE", 1)))
                .hasMessageContaining("does not begin at 0");
        assertThatThrownBy(
                        () ->
                                withLadder(
                                        new Tier("BASE", 0),
                                        new Tier("A", 500),
                                        new Tier("B", 500)))
                .hasMessageContaining("does not rise");
        assertThatThrownBy(
                        () ->
                                withLadder(
                                        new Tier("BASE", 0),
                                        new Tier("A", 500),
                                        new Tier("B", 499)))
                .hasMessageContaining("does not rise");
    }

    @Test
    void a_programme_gives_something() {
        assertThatThrownBy(() -> new Programme("default", 1, 0, LADDER))
                .hasMessageContaining("no points");
    }

    private static Programme withLadder(Tier... steps) {
        return new Programme("default", 1, 1, List.of(steps));
    }
}
