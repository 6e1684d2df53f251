package io.rapport.loyalty.audit;

import static io.rapport.loyalty.account.Postings.PROGRAMME;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.loyalty.account.Account;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.account.Posting;
import io.rapport.loyalty.account.Postings;
import io.rapport.platform.Ids;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, at every prefix: the balance, the fold of the entries and a computation of its
 * own are the same.
 */
class RandomHistoriesTest {

    private static final int HISTORIES = 300;
    private static final int MOVEMENTS = 100;

    @Test
    void every_prefix_of_every_history_adds_up() {
        long seed = Long.getLong("rapport.test.seed", new Random().nextLong());
        System.out.println("RandomHistoriesTest: -Drapport.test.seed=" + seed);
        Random random = new Random(seed);
        for (int history = 0; history < HISTORIES; history++) {
            play(random);
        }
    }

    private static void play(Random random) {
        Account account = Account.open(Ids.next(), PROGRAMME);
        Fold fold = new Fold(PROGRAMME);
        long expected = 0;
        for (int movement = 0; movement < MOVEMENTS; movement++) {
            long pence = 100 + (long) Math.pow(10, random.nextDouble() * 7);
            boolean purchase = random.nextInt(3) > 0;
            Kind kind = purchase ? Kind.EARNED : Kind.REVERSED;
            String amount =
                    (purchase ? "" : "-") + pence / 100 + "." + String.format("%02d", pence % 100);

            Posting posting = Postings.of(kind, account, amount);
            account = posting.after();
            fold.add(posting.entry());
            expected = purchase ? expected + pence / 100 : Math.max(0, expected - pence / 100);

            assertThat(account.balance()).isEqualTo(expected);
            assertThat(account.tier())
                    .isEqualTo(expected >= 2000 ? "GOLD" : expected >= 500 ? "SILVER" : "BASE");
            assertThat(posting.entry().balanceAfter()).isEqualTo(expected);
            assertThat(fold.compareWith(account)).isEmpty();
        }
    }
}
