package io.rapport.loyalty.audit;

import static io.rapport.loyalty.account.Postings.PROGRAMME;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.loyalty.account.Account;
import io.rapport.loyalty.account.Entry;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.account.Posting;
import io.rapport.loyalty.account.Postings;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {

    private final Posting purchase =
            Postings.of(Kind.EARNED, Account.open(Ids.next(), PROGRAMME), "12.50");
    private final Posting refund = Postings.of(Kind.REVERSED, purchase.after(), "-2.00");
    private final Account account = refund.after();

    @Test
    void an_account_is_the_fold_of_its_entries() {
        assertThat(faults(account, purchase.entry(), refund.entry())).isEmpty();
    }

    @Test
    void a_balance_that_drifted_is_found() {
        Account drifted =
                new Account(
                        account.customer(),
                        "default",
                        11,
                        account.earned(),
                        1,
                        "BASE",
                        account.version());
        assertThat(faults(drifted, purchase.entry(), refund.entry()))
                .containsExactly(
                        "balance is 11, the entries make 10", "reversed is 1, the entries make 2");
    }

    @Test
    void a_tier_that_drifted_is_found() {
        Account drifted = new Account(account.customer(), "default", 10, 12, 2, "GOLD", 2);
        assertThat(faults(drifted, purchase.entry(), refund.entry()))
                .containsExactly("tier is GOLD, the entries make BASE");
    }

    @Test
    void a_missing_entry_is_found() {
        assertThat(faults(account, purchase.entry())).contains("version is 2, the entries make 1");
        assertThat(faults(account, refund.entry()))
                .contains("the number after 0 is 2, the entries make 1");
        assertThat(faults(account)).contains("version is 2, the entries make 0");
    }

    @Test
    void an_entry_that_contradicts_its_prefix_is_found() {
        Entry altered = altered(refund.entry(), -1, "-2.00", 1);
        assertThat(faults(account, purchase.entry(), altered))
                .contains(
                        "entry 2: points is -1, the entries make -2",
                        "entry 2: balance after it is 10, the entries make 11");
    }

    @ParameterizedTest
    @CsvSource({
        "-2.00,  ",
        "-2.99,  ",
        "-3.00,  'entry 2: requested is 2, its amount makes 3'",
        "-0.50,  'entry 2: requested is 2, its amount makes 0'",
        "2.00,   'entry 2: requested is 2, its amount makes 0'",
    })
    void an_entry_whose_amount_is_not_worth_its_points_is_found(
            String pounds, @Nullable String fault) {
        List<String> faults =
                faults(account, purchase.entry(), altered(refund.entry(), -2, pounds, 1));
        assertThat(faults).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    @Test
    void what_another_version_of_the_programme_gave_is_not_computed_by_this_one() {
        assertThat(faults(account, purchase.entry(), altered(refund.entry(), -2, "-7.00", 2)))
                .isEmpty();
    }

    @Test
    void a_broken_account_is_told_in_few_words() {
        Fold fold = new Fold(PROGRAMME);
        for (int i = 0; i < 100; i++) {
            fold.add(refund.entry());
        }
        assertThat(fold.compareWith(account)).hasSizeLessThanOrEqualTo(10);
    }

    private static Entry altered(Entry entry, long points, String pounds, int programmeVersion) {
        return new Entry(
                entry.customer(),
                entry.id(),
                entry.programme(),
                entry.number(),
                entry.kind(),
                points,
                entry.requested(),
                entry.balanceAfter(),
                programmeVersion,
                entry.interaction(),
                entry.causingEvent(),
                new Money(new BigDecimal(pounds), "GBP"),
                entry.occurredAt(),
                entry.recordedAt());
    }

    private static List<String> faults(Account account, Entry... entries) {
        Fold fold = new Fold(PROGRAMME);
        for (Entry entry : entries) {
            fold.add(entry);
        }
        return fold.compareWith(account);
    }
}
