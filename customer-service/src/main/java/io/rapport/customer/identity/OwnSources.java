package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Which identities the caller may name and see: staff all, a partner those of the sources that its
 * token lists.
 */
@ApplicationScoped
public class OwnSources {

    private final Caller caller;

    OwnSources(Caller caller) {
        this.caller = caller;
    }

    /**
     * Refuses a foreign source exactly as an identity that nobody has, so that the answer tells
     * nothing.
     */
    public void require(String source) {
        if (!caller.speaksFor(source)) {
            throw CustomerRows.unknown();
        }
    }

    public boolean visible(Identity identity) {
        return caller.speaksFor(identity.source());
    }
}
