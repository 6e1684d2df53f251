package io.rapport.loyalty.account;

import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Tier;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Postings by the default programme's rules, without a database. */
public final class Postings {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    public static final Programme PROGRAMME =
            new Programme(
                    "default",
                    1,
                    1,
                    List.of(new Tier("BASE", 0), new Tier("SILVER", 500), new Tier("GOLD", 2000)));

    private Postings() {}

    public static Posting of(Kind kind, Account before, String pounds) {
        Money amount = new Money(new BigDecimal(pounds), "GBP");
        Cause cause =
                new Cause(Ids.next(), before.customer(), Ids.next(), amount, NOW.minusSeconds(60));
        return Posting.of(kind, before, cause, PROGRAMME, NOW);
    }
}
