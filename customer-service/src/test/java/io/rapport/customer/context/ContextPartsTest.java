package io.rapport.customer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.customer.context.ContextParts.Rating;
import io.rapport.customer.context.CustomerContext.Amount;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import io.rapport.customer.context.CustomerContext.Metric;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of several who are one. */
class ContextPartsTest {

    private static final Instant EARLY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-20T00:00:00Z");

    @Test
    void figures_add_up_currency_by_currency_and_metric_by_metric() {
        ContextParts one =
                new ContextParts(
                        new Interactions(
                                2,
                                LATE,
                                LATE,
                                List.of(new Amount("EUR", 1, "5.10"), new Amount("GBP", 1, "1.00")),
                                List.of()),
                        new Loyalty(10, "BASE"),
                        List.of(new Rating("NPS", 2, 19)));
        ContextParts other =
                new ContextParts(
                        new Interactions(
                                1,
                                EARLY,
                                EARLY,
                                List.of(new Amount("GBP", 2, "2.50")),
                                List.of(new Amount("GBP", 1, "-0.50"))),
                        new Loyalty(0, null),
                        List.of(new Rating("CSAT", 1, 5), new Rating("NPS", 1, 9)));

        ContextParts both = one.plus(other);

        assertThat(both).isEqualTo(other.plus(one));
        assertThat(both.interactions())
                .isEqualTo(
                        new Interactions(
                                3,
                                EARLY,
                                LATE,
                                List.of(new Amount("EUR", 1, "5.10"), new Amount("GBP", 3, "3.50")),
                                List.of(new Amount("GBP", 1, "-0.50"))));
        assertThat(both.loyalty()).isEqualTo(new Loyalty(10, "BASE"));
        assertThat(both.feedback().count()).isEqualTo(4);
        assertThat(both.feedback().metrics())
                .containsExactly(
                        new Metric("CSAT", 1, new BigDecimal("5.00")),
                        new Metric("NPS", 3, new BigDecimal("9.33")));
        assertThat(ContextParts.NONE.plus(one)).isEqualTo(one);
    }

    @Test
    void several_accounts_together_have_no_tier_that_is_known_here() {
        ContextParts one =
                new ContextParts(
                        ContextParts.NONE.interactions(), new Loyalty(400, "BASE"), List.of());

        assertThat(one.plus(one).loyalty()).isEqualTo(new Loyalty(800, null));
    }
}
