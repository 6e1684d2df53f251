package io.rapport.loyalty.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programmes;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Movements of one account at the same time wait for each other; none is lost, none counts twice.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LedgerRaceTest {

    private static final int CALLERS = 16;

    @Inject Ledger ledger;
    @Inject Accounts accounts;
    @Inject Programmes programmes;

    @Test
    void the_first_movements_of_a_customer_race_for_opening_the_account() {
        UUID customer = Ids.next();
        AtOnce.run(CALLERS, caller -> post(Kind.EARNED, occasion(customer, Ids.next(), "10.00")));
        Account account = accounts.of(customer, programmes.standard());
        assertThat(account.balance()).isEqualTo(10 * CALLERS);
        assertThat(account.version()).isEqualTo(CALLERS);
    }

    @Test
    void twenty_reversals_of_ten_from_a_hundred_take_a_hundred() {
        UUID customer = Ids.next();
        post(Kind.EARNED, occasion(customer, Ids.next(), "100.00"));
        AtOnce.run(20, caller -> post(Kind.REVERSED, occasion(customer, Ids.next(), "-10.00")));
        Account account = accounts.of(customer, programmes.standard());
        assertThat(account.balance()).isZero();
        assertThat(account.reversed()).isEqualTo(100);
        List<Entry> entries =
                accounts.entriesBefore(null, List.of(customer), programmes.standard(), 100);
        assertThat(entries.stream().filter(entry -> entry.points() == -10)).hasSize(10);
        assertThat(entries.stream().filter(entry -> entry.points() == 0)).hasSize(10);
    }

    @Test
    void one_event_seen_by_many_at_once_moves_points_once() {
        UUID customer = Ids.next();
        UUID event = Ids.next();
        post(Kind.EARNED, occasion(customer, Ids.next(), "1.00"));
        List<Boolean> done =
                AtOnce.run(
                        CALLERS,
                        caller -> {
                            try {
                                post(Kind.EARNED, occasion(customer, event, "10.00"));
                                return true;
                            } catch (RuntimeException e) {
                                assertThat(e).hasStackTraceContaining("ledger_entry_claim_pkey");
                                return false;
                            }
                        });
        assertThat(done).contains(true);
        assertThat(accounts.of(customer, programmes.standard()).balance()).isEqualTo(11);
    }

    private boolean post(Kind kind, Occasion occasion) {
        QuarkusTransaction.requiringNew().run(() -> ledger.post(kind, occasion));
        return true;
    }

    private static Occasion occasion(UUID customer, UUID event, String pounds) {
        return new Occasion(
                event,
                customer,
                Ids.next(),
                new Money(new BigDecimal(pounds), "GBP"),
                Postings.NOW);
    }
}
