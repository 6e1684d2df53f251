package io.rapport.interaction.intake;

import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import java.util.function.Predicate;

/**
 * Who tells, and of what: staff of everything, a partner of the sources that its token, or the
 * configuration of its topic, lists and of their customers.
 */
public record Sender(Predicate<String> sources, boolean staff) {

    static Sender of(Caller caller) {
        return new Sender(caller::speaksFor, caller.isStaff());
    }

    /** A partner that hands in by its topic. */
    public static Sender partner(Predicate<String> sources) {
        return new Sender(sources, false);
    }

    /**
     * What another source calls its customers is answered as if there were none, so that nothing
     * can be guessed.
     */
    void require(NewInteraction interaction) {
        if (!sources.test(interaction.source())) {
            throw Refusal.forbidden(
                    "source-not-yours", "The source of this interaction is not among yours.");
        }
        if (interaction.customer().id().isEmpty()
                && !sources.test(interaction.customer().source())) {
            throw unknownCustomer();
        }
    }

    static Refusal unknownCustomer() {
        return Refusal.notFound(
                "unknown-customer",
                "There is no such customer; register it, then send this again.");
    }
}
