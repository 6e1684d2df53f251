package io.rapport.customer.profile;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Size;

/** What identities of erased customers are kept by. */
@ConfigMapping(prefix = "rapport.erased-identities")
public interface ErasedIdentityConfig {

    /**
     * A secret, for good: with another one all identities that were erased before are taken in
     * again.
     */
    @Size(min = 32, message = "must have at least 32 characters")
    String key();
}
