package io.rapport.interaction.intake;

import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who may tell of what: staff of everything, a partner of the sources that its token lists and of
 * their customers.
 */
@ApplicationScoped
class OwnSources {

    private final Caller caller;

    OwnSources(Caller caller) {
        this.caller = caller;
    }

    /**
     * What another source calls its customers is answered as if there were none, so that nothing
     * can be guessed.
     */
    void require(NewInteraction interaction) {
        if (!caller.speaksFor(interaction.source())) {
            throw Refusal.forbidden(
                    "source-not-yours", "Your token does not list the source of this interaction.");
        }
        if (interaction.customer().id().isEmpty()
                && !caller.speaksFor(interaction.customer().source())) {
            throw unknownCustomer();
        }
    }

    static Refusal unknownCustomer() {
        return Refusal.notFound(
                "unknown-customer",
                "There is no such customer; register it, then send this again.");
    }
}
