package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.ETags;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/**
 * Gives identities to customers and takes them away. Each change holds the row of every customer
 * that has or gets the identity, so that whoever holds a customer knows its identities.
 */
@ApplicationScoped
public class IdentityChanges {

    private final CustomerRegister register;
    private final CustomerRows rows;
    private final IdentityClaims claims;
    private final OwnSources sources;
    private final IdentityConfig config;

    IdentityChanges(
            CustomerRegister register,
            CustomerRows rows,
            IdentityClaims claims,
            OwnSources sources,
            IdentityConfig config) {
        this.register = register;
        this.rows = rows;
        this.claims = claims;
        this.sources = sources;
        this.config = config;
    }

    /** The customer with the identity; nothing changes when it is theirs already. */
    @Transactional
    Customer add(CustomerReference reference, Identity identity, @Nullable String ifMatch) {
        Customer held = register.hold(reference);
        sources.require(held);
        ETags.requireMatch(ifMatch, held.version());
        if (held.identities().contains(identity)) {
            return held;
        }
        requireRoom(held);
        if (!claims.claim(identity, held.id())) {
            throw Candidates.taken(
                    rows.find(identity.reference())
                            .map(owner -> owner.customer().requireNotErased().id()));
        }
        return register.edit(held, customer -> customer.with(identity));
    }

    /** The customer without the identity, which then names nobody. */
    @Transactional
    Customer remove(CustomerReference reference, Identity identity, @Nullable String ifMatch) {
        Customer held = register.hold(reference);
        sources.require(held);
        ETags.requireMatch(ifMatch, held.version());
        if (!claims.release(identity, held.id())) {
            throw held.identities().contains(identity)
                    ? ofMember()
                    : Refusal.notFound("unknown-identity", "This customer has no such identity.");
        }
        return register.edit(held, customer -> customer.without(identity));
    }

    /** What stays with a member of a merge can be neither taken from it nor given to others. */
    public static Refusal ofMember() {
        return Refusal.conflict(
                "identity-of-member",
                "This is an identity of a customer that was merged into this one. Unmerge that one first.");
    }

    /** Refuses a customer that has as many identities as one may have. */
    void requireRoom(Customer held) {
        requireRoom(held.names().count() + 1);
    }

    /** Refuses a customer that would have more identities than one may have. */
    public void requireRoom(long names) {
        if (names > config.perCustomer()) {
            throw Refusal.conflict(
                    "too-many-identities",
                    "A customer has at most " + config.perCustomer() + " identities.");
        }
    }
}
