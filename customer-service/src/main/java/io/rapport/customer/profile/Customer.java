package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.platform.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A customer at one version. Identities are sorted by source and external id; times have
 * microseconds.
 */
public record Customer(
        UUID id,
        CustomerStatus status,
        Profile profile,
        List<Identity> identities,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** A new customer, at version 1. */
    static Customer register(UUID id, Profile profile, List<Identity> identities, Instant now) {
        return new Customer(id, CustomerStatus.ACTIVE, profile, identities, 1, now, now);
    }

    /** This customer with another profile, one version on; itself when nothing differs. */
    Customer change(Profile to, Instant now) {
        if (requireNotErased().status != CustomerStatus.ACTIVE) {
            throw Refusal.conflict("customer-merged", "This customer was merged into another.");
        }
        return to.equals(profile)
                ? this
                : new Customer(id, status, to, identities, version + 1, createdAt, now);
    }

    /** This customer, unless it was erased. */
    public Customer requireNotErased() {
        if (status == CustomerStatus.ERASED) {
            throw Refusal.gone("customer-erased", "This customer was erased.");
        }
        return this;
    }
}
