package io.rapport.loyalty.erasure;

import io.rapport.directory.Erasures;
import io.rapport.directory.PersonalRows;
import io.rapport.loyalty.LoyaltyEvent;
import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * Forgets what others call a customer. The points stay, by an id that nobody can name any more: the
 * account is still the fold of its entries, and the sums over all accounts still hold.
 */
@ApplicationScoped
public class Erasing implements Reaction {

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

    private final Erasures erasures;

    Erasing(Erasures erasures) {
        this.erasures = erasures;
    }

    @Override
    public String name() {
        return "erasing";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CUSTOMERS);
    }

    @Override
    public void react(ReceivedEvent event) {
        erasures.carryOut(event, ROWS, LoyaltyEvent.CustomerErased::new);
    }
}
