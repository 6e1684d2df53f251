package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.context.ContextReading;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets an identity name another customer from now on. Both are held, in id order, and get their
 * next version in one transaction. Facts stay where they are.
 */
@ApplicationScoped
public class IdentityMove {

    private final CustomerRegister register;
    private final CustomerRows rows;
    private final IdentityClaims claims;
    private final IdentityChanges changes;
    private final ContextReading contexts;

    IdentityMove(
            CustomerRegister register,
            CustomerRows rows,
            IdentityClaims claims,
            IdentityChanges changes,
            ContextReading contexts) {
        this.register = register;
        this.rows = rows;
        this.claims = claims;
        this.changes = changes;
        this.contexts = contexts;
    }

    /** What the move would be; refused as the move itself would be. */
    @Transactional
    MovedIdentity preview(Identity identity, CustomerReference target) {
        return told(identity, hold(identity, target));
    }

    @Transactional
    MovedIdentity move(Identity identity, CustomerReference target) {
        List<Customer> held = hold(identity, target);
        MovedIdentity moved = told(identity, held);
        claims.handOver(identity, moved.to());
        held.stream()
                .sorted(Comparator.comparing(Customer::id, Ids.BY_VALUE))
                .forEach(
                        customer ->
                                register.edit(
                                        customer,
                                        one ->
                                                one.id().equals(moved.to())
                                                        ? one.with(identity)
                                                        : one.without(identity)));
        return moved;
    }

    /** The customer who has the identity, and the one who may get it. */
    private List<Customer> hold(Identity identity, CustomerReference target) {
        UUID from = rows.require(identity.reference()).customer().id();
        UUID to = rows.require(target).customer().id();
        if (from.equals(to)) {
            throw Refusal.conflict("identity-is-there", "This customer has the identity already.");
        }
        List<Customer> held = register.hold(List.of(from, to));
        if (!held.getFirst().identities().contains(identity)) {
            throw movedMeanwhile();
        }
        if (!claims.owner(identity).equals(Optional.of(from))) {
            throw IdentityChanges.ofMember();
        }
        changes.requireRoom(held.getLast());
        return held;
    }

    private MovedIdentity told(Identity identity, List<Customer> held) {
        return MovedIdentity.of(
                identity, held.getLast().id(), contexts.of(held.getFirst().reference()));
    }

    /** Whoever is held has lost the identity since it was looked up. */
    static Refusal movedMeanwhile() {
        return Refusal.conflict(
                        "identity-moved",
                        "The identity changed hands in this moment. Look whose it is now, and repeat the request.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
