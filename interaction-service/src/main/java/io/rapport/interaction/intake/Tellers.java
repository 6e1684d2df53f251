package io.rapport.interaction.intake;

import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who may tell of what: staff of everything, a partner of the sources that its token lists and of
 * their customers.
 */
@ApplicationScoped
class Tellers {

    private final Caller caller;

    Tellers(Caller caller) {
        this.caller = caller;
    }

    void require(NewInteraction interaction) {
        caller.requireSource(interaction.source());
        if (interaction.customer().id().isEmpty()) {
            requireCustomerOf(interaction.customer().source());
        }
    }

    /**
     * What another source calls its customers is answered as if there were none, so that nothing
     * can be guessed.
     */
    private void requireCustomerOf(String source) {
        try {
            caller.requireSource(source);
        } catch (Refusal notItsOwn) {
            throw unknownCustomer();
        }
    }

    static Refusal unknownCustomer() {
        return Refusal.notFound(
                "unknown-customer",
                "There is no such customer; register it, then send this again.");
    }
}
