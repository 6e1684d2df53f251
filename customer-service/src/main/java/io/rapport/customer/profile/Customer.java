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
        profile.requirePossible(now);
        return new Customer(id, CustomerStatus.ACTIVE, profile.tidied(), identities, 1, now, now);
    }

    /** This customer with the profile that a caller gives, not yet another version. */
    public Customer with(Profile given) {
        return new Customer(id, status, given.tidied(), identities, version, createdAt, updatedAt);
    }

    /**
     * What {@code edited} makes of this customer: one version on, never earlier than this one;
     * itself when nothing differs.
     */
    Customer change(Customer edited, Instant now) {
        if (requireNotErased().status != CustomerStatus.ACTIVE) {
            throw Refusal.conflict("customer-merged", "This customer was merged into another.");
        }
        if (edited.equals(this)) {
            return this;
        }
        edited.profile.requirePossible(now);
        return new Customer(
                id,
                status,
                edited.profile,
                edited.identities,
                version + 1,
                createdAt,
                now.isBefore(updatedAt) ? updatedAt : now);
    }

    /** This customer, unless it was erased. */
    public Customer requireNotErased() {
        if (status == CustomerStatus.ERASED) {
            throw Refusal.gone("customer-erased", "This customer was erased.");
        }
        return this;
    }
}
