package io.rapport.loyalty.erasure;

import io.rapport.directory.Erasable;
import io.rapport.directory.PersonalRows;
import io.rapport.loyalty.LoyaltyEvent;
import io.rapport.platform.event.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Forgets what others call a customer. The points stay, by an id that nobody can name any more: the
 * account is still the fold of its entries, and the sums over all accounts still hold.
 */
@ApplicationScoped
public class Erasing implements Erasable {

    private static final String FIGURES = "figures and ids of ours; the ledger has to add up";

    /** What becomes of each table. */
    static final PersonalRows ROWS =
            PersonalRows.of(
                    Map.of(),
                    Map.of(
                            "account", FIGURES,
                            "ledger_entry", FIGURES,
                            "ledger_entry_claim", "ids of ours",
                            "programme", "terms",
                            "tier", "terms"));

    @Override
    public PersonalRows rows() {
        return ROWS;
    }

    @Override
    public Event confirmation(UUID customer, UUID erasure, Instant erasedAt) {
        return new LoyaltyEvent.CustomerErased(customer, erasure, erasedAt);
    }
}
