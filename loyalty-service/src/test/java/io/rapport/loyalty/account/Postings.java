package io.rapport.loyalty.account;

import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Tier;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

    /** A posting of what must be worth something. */
    public static Posting of(Kind kind, Account before, String pounds) {
        return Posting.of(
                worth(kind, before.customer(), pounds).orElseThrow(), before, PROGRAMME, NOW);
    }

    static Optional<Worth> worth(Kind kind, UUID customer, String pounds) {
        Money amount = new Money(new BigDecimal(pounds), "GBP");
        Occasion occasion =
                new Occasion(Ids.next(), customer, Ids.next(), amount, NOW.minusSeconds(60));
        return Worth.of(kind, occasion, PROGRAMME);
    }
}
