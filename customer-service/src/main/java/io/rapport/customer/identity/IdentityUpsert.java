package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.PartnersPart;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.Ids;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates the customer that an identity names, or writes its profile: staff replace it, partners
 * amend it. Of callers that race, one creates.
 */
@ApplicationScoped
public class IdentityUpsert {

    /** The customer as it is now, and whether this call made it. */
    record Upserted(Customer customer, boolean created) {}

    private final IdentityClaims claims;
    private final CustomerRegister register;
    private final CustomerRows rows;
    private final Caller caller;

    IdentityUpsert(
            IdentityClaims claims, CustomerRegister register, CustomerRows rows, Caller caller) {
        this.claims = claims;
        this.register = register;
        this.rows = rows;
        this.caller = caller;
    }

    @Transactional
    Upserted upsert(Identity identity, Profile profile, UpsertConditions conditions) {
        if (!caller.isStaff()) {
            PartnersPart.requireWritable(profile);
        }
        Optional<Customer> known = find(identity);
        if (known.isEmpty()) {
            conditions.requireMayCreate();
            UUID id = Ids.next();
            if (claims.claim(identity, id)) {
                return new Upserted(register.register(id, profile, List.of(identity)), true);
            }
            known = find(identity);
        }
        Customer current = known.orElseThrow(CustomerRows::unknown);
        return new Upserted(
                register.edit(
                        current,
                        now -> {
                            requireStill(now, identity);
                            conditions.requireMayUpdate(now.version());
                            return caller.isStaff()
                                    ? now.replacing(profile)
                                    : now.amending(profile);
                        }),
                false);
    }

    /** What is handed in under a name goes to whom it names, not to whom it named before. */
    private static void requireStill(Customer customer, Identity identity) {
        if (!customer.identities().contains(identity)) {
            throw IdentityMove.movedMeanwhile();
        }
    }

    private Optional<Customer> find(Identity identity) {
        return rows.find(identity.reference()).map(CustomerRow::customer);
    }
}
