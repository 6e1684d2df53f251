package io.rapport.loyalty.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programmes;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void the_first_movements_of_a_customer_race_for_opening_the_account() throws Exception {
        UUID customer = Ids.next();
        race(CALLERS, caller -> post(Kind.EARNED, cause(customer, Ids.next(), "10.00")));
        Account account = accounts.of(customer, programmes.standard());
        assertThat(account.balance()).isEqualTo(10 * CALLERS);
        assertThat(account.version()).isEqualTo(CALLERS);
    }

    @Test
    void twenty_reversals_of_ten_from_a_hundred_take_a_hundred() throws Exception {
        UUID customer = Ids.next();
        post(Kind.EARNED, cause(customer, Ids.next(), "100.00"));
        race(20, caller -> post(Kind.REVERSED, cause(customer, Ids.next(), "-10.00")));
        Account account = accounts.of(customer, programmes.standard());
        assertThat(account.balance()).isZero();
        assertThat(account.reversed()).isEqualTo(100);
        List<Entry> entries =
                accounts.entriesBefore(Long.MAX_VALUE, customer, programmes.standard(), 100);
        assertThat(entries.stream().filter(entry -> entry.points() == -10)).hasSize(10);
        assertThat(entries.stream().filter(entry -> entry.points() == 0)).hasSize(10);
    }

    @Test
    void one_event_seen_by_many_at_once_moves_points_once() throws Exception {
        UUID customer = Ids.next();
        UUID event = Ids.next();
        post(Kind.EARNED, cause(customer, Ids.next(), "1.00"));
        List<Boolean> done =
                race(
                        CALLERS,
                        caller -> {
                            try {
                                post(Kind.EARNED, cause(customer, event, "10.00"));
                                return true;
                            } catch (RuntimeException e) {
                                assertThat(e).hasStackTraceContaining("ledger_entry_claim_pkey");
                                return false;
                            }
                        });
        assertThat(done).contains(true);
        assertThat(accounts.of(customer, programmes.standard()).balance()).isEqualTo(11);
    }

    private Boolean post(Kind kind, Cause cause) {
        QuarkusTransaction.requiringNew().run(() -> ledger.post(kind, cause));
        return true;
    }

    private static Cause cause(UUID customer, UUID event, String pounds) {
        return new Cause(
                event,
                customer,
                Ids.next(),
                new Money(new BigDecimal(pounds), "GBP"),
                Postings.NOW);
    }

    private interface Call {
        Boolean by(int caller);
    }

    private static List<Boolean> race(int callers, Call call)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                calls.add(() -> call.by(caller));
            }
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
