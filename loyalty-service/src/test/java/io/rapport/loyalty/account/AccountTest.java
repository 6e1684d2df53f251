package io.rapport.loyalty.account;

import static io.rapport.loyalty.account.Postings.PROGRAMME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private final UUID customer = Ids.next();
    private final Account empty = Account.open(customer, PROGRAMME);

    @Test
    void an_account_without_entries_holds_nothing() {
        assertThat(empty).isEqualTo(new Account(customer, "default", 0, 0, 0, "BASE", 0));
    }

    @Test
    void earning_adds_and_counts_as_one_version() {
        assertThat(empty.earn(37, PROGRAMME))
                .isEqualTo(new Account(customer, "default", 37, 37, 0, "BASE", 1));
    }

    @Test
    void a_reversal_takes_what_was_asked_for_while_the_balance_lasts() {
        assertThat(empty.earn(37, PROGRAMME).takeBack(36, PROGRAMME))
                .isEqualTo(new Account(customer, "default", 1, 37, 36, "BASE", 2));
        assertThat(empty.earn(37, PROGRAMME).takeBack(37, PROGRAMME))
                .isEqualTo(new Account(customer, "default", 0, 37, 37, "BASE", 2));
    }

    @Test
    void a_reversal_stops_at_zero() {
        assertThat(empty.earn(37, PROGRAMME).takeBack(38, PROGRAMME))
                .isEqualTo(new Account(customer, "default", 0, 37, 37, "BASE", 2));
        assertThat(empty.takeBack(15, PROGRAMME))
                .isEqualTo(new Account(customer, "default", 0, 0, 0, "BASE", 1));
    }

    @Test
    void the_tier_follows_the_qualifying_points_up_and_down() {
        Account silver = empty.earn(499, PROGRAMME).earn(1, PROGRAMME);
        assertThat(silver.tier()).isEqualTo("SILVER");
        assertThat(silver.earn(1500, PROGRAMME).tier()).isEqualTo("GOLD");
        assertThat(silver.takeBack(1, PROGRAMME).tier()).isEqualTo("BASE");
    }

    @Test
    void spending_would_not_lower_the_tier() {
        Account spent = new Account(customer, "default", 0, 2000, 0, "GOLD", 2);
        assertThat(spent.qualifyingPoints()).isEqualTo(2000);
        assertThat(spent.takeBack(10, PROGRAMME).tier()).isEqualTo("GOLD");
    }

    @Test
    void a_balance_beyond_what_can_be_counted_is_refused() {
        Account full = empty.earn(Long.MAX_VALUE, PROGRAMME);
        assertThat(full.balance()).isEqualTo(Long.MAX_VALUE);
        assertRefused("points-overflow", () -> full.earn(1, PROGRAMME));
        assertRefused("points-overflow", () -> full.earn(Long.MAX_VALUE, PROGRAMME));
        assertRefused("points-overflow", () -> full.takeBack(10, PROGRAMME).earn(1, PROGRAMME));
        assertThat(full.takeBack(Long.MAX_VALUE, PROGRAMME).balance()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void only_a_positive_number_of_points_moves(long points) {
        assertRefused("points-not-positive", () -> empty.earn(points, PROGRAMME));
        assertRefused("points-not-positive", () -> empty.takeBack(points, PROGRAMME));
    }

    private static void assertRefused(String code, Runnable rule) {
        assertThatThrownBy(rule::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
