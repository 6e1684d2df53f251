package io.rapport.customer.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/** Limits of identities. */
@ConfigMapping(prefix = "rapport.identities")
public interface IdentityConfig {

    /**
     * Names that sources may have for one customer: all of them lie in each snapshot of the
     * profile, which has to fit into an event.
     */
    @Positive
    @WithDefault("100")
    int perCustomer();
}
