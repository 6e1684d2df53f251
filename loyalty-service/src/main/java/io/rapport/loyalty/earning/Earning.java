package io.rapport.loyalty.earning;

import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.account.Ledger;
import io.rapport.loyalty.account.Occasion;
import io.rapport.platform.Money;
import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * A purchase earns the points of the whole units of its amount; a cancellation, which does not name
 * its purchase, takes back those of its own, within the balance. Refunds before their purchase take
 * back nothing, and say so in the ledger.
 */
@ApplicationScoped
public class Earning implements Reaction {

    private final Ledger ledger;

    Earning(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "earning";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.INTERACTIONS);
    }

    @Override
    public void react(ReceivedEvent event) {
        if (!event.type().equals(InteractionRecorded.TYPE)) {
            return;
        }
        InteractionRecorded recorded = event.data(InteractionRecorded.class);
        Money amount = recorded.amount();
        if (amount == null) {
            return;
        }
        Occasion occasion =
                new Occasion(
                        event.id(), event.customer(), recorded.interaction(), amount, event.time());
        switch (recorded.type()) {
            case "PURCHASE" -> ledger.post(Kind.EARNED, occasion);
            case "CANCELLATION" -> ledger.post(Kind.REVERSED, occasion);
            default -> {} // Other interactions move no points.
        }
    }
}
