package io.rapport.faults.audit;

import static io.rapport.faults.audit.MadeUp.ADA;
import static io.rapport.faults.audit.MadeUp.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.audit.Balances.Account;
import io.rapport.faults.audit.Balances.Entry;
import io.rapport.faults.topic.Logged;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancesTest {
    private static final List<Logged> EVENTS =
            List.of(
                    interaction(1, "PURCHASE", "12.99"),
                    interaction(2, "PURCHASE", "0.99"),
                    interaction(3, "CANCELLATION", "-20.00"),
                    interaction(4, "PURCHASE", "5.00"));
    private static final Entry EARNED = new Entry(ADA, 1, 12, 12, "e1");
    private static final Entry REVERSED = new Entry(ADA, 2, -12, 0, "e3");
    private static final Entry AGAIN = new Entry(ADA, 3, 5, 5, "e4");
    private static final Account ACCOUNT = new Account(ADA, 5, 3);

    @Test
    void what_the_events_make_is_clean_though_a_refund_stops_at_nothing() {
        assertThat(audit(ACCOUNT, EARNED, REVERSED, AGAIN)).isEmpty();
    }

    @Test
    void a_wrong_balance_is_found() {
        assertThat(audit(new Account(ADA, 6, 3), EARNED, REVERSED, AGAIN))
                .singleElement()
                .asString()
                .contains("balance of customer " + ADA + " is 6 instead of 5");
    }

    @Test
    void a_lost_effect_is_found() {
        assertThat(audit(new Account(ADA, 0, 2), EARNED, REVERSED))
                .singleElement()
                .asString()
                .contains("2 entries, and 3 events");
    }

    @Test
    void a_doubled_effect_is_found() {
        Entry twice = new Entry(ADA, 4, 5, 10, "e4");
        assertThat(audit(new Account(ADA, 10, 4), EARNED, REVERSED, AGAIN, twice))
                .singleElement()
                .asString()
                .contains("4 entries, and 3 events");
    }

    @Test
    void an_entry_with_another_cause_or_other_points_is_found() {
        Entry other = new Entry(ADA, 2, -11, 1, "e2");
        assertThat(audit(new Account(ADA, 6, 3), EARNED, other, new Entry(ADA, 3, 5, 6, "e4")))
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("cause is e2 instead of e3"))
                .anyMatch(what -> what.contains("points is -11 instead of -12"));
    }

    @Test
    void a_balance_below_0_is_found() {
        Entry below = new Entry(ADA, 2, -20, -8, "e3");
        assertThat(audit(new Account(ADA, -3, 3), EARNED, below, new Entry(ADA, 3, 5, -3, "e4")))
                .extracting(Finding::what)
                .contains("customer " + ADA + " is below 0");
    }

    @Test
    void an_account_that_is_missing_is_found() {
        assertThat(Balances.audit(List.of(), List.of(), EVENTS))
                .singleElement()
                .asString()
                .contains("has no account");
        assertThat(Balances.audit(List.of(), List.of(EARNED), List.of()))
                .singleElement()
                .asString()
                .contains("has entries and no account");
    }

    private static List<Finding> audit(Account account, Entry... entries) {
        return Balances.audit(List.of(account), List.of(entries), EVENTS);
    }
}
