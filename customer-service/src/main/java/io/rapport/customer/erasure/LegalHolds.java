package io.rapport.customer.erasure;

import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Places legal holds and releases them. One stays with the very customer that was named, and holds
 * all with whom that one is merged. The lock of that customer's row decides between a hold and an
 * erasure.
 */
@ApplicationScoped
public class LegalHolds {

    /** In force of one customer. */
    private static final int MOST = 100;

    private final LegalHoldRows rows;
    private final CustomerRows customers;
    private final CustomerRegister register;
    private final Versions versions;
    private final Caller caller;
    private final Clock clock;

    LegalHolds(
            LegalHoldRows rows,
            CustomerRows customers,
            CustomerRegister register,
            Versions versions,
            Caller caller,
            Clock clock) {
        this.rows = rows;
        this.customers = customers;
        this.register = register;
        this.versions = versions;
        this.caller = caller;
        this.clock = clock;
    }

    @Transactional(TxType.MANDATORY)
    LegalHold place(CustomerReference reference, String reason) {
        UUID customer = hold(reference);
        if (rows.countInForce(customer) >= MOST) {
            throw Refusal.conflict(
                    "too-many-legal-holds",
                    "A customer is under at most %d legal holds. Release one.".formatted(MOST));
        }
        LegalHold placed =
                new LegalHold(
                        Ids.next(),
                        customer,
                        reason,
                        caller.subject(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        null,
                        null,
                        null);
        rows.insert(placed);
        return placed;
    }

    /** Releases a hold of the customer, or of one merged into it; again, it stays as it is. */
    @Transactional
    LegalHold release(CustomerReference reference, UUID id, String reason) {
        List<UUID> all = customers.require(reference).customer().all();
        LegalHold found = require(all, id);
        hold(found.customer());
        rows.release(found.customer(), id, caller.subject(), reason, clock.instant());
        return require(all, id);
    }

    private LegalHold require(List<UUID> customers, UUID id) {
        return rows.find(customers, id)
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-legal-hold",
                                        "This customer has no such legal hold."));
    }

    /** Those of these customers, oldest first, after {@code last}, whether in force or not. */
    public List<LegalHold> after(List<UUID> customers, @Nullable UUID last, int most) {
        return rows.page(customers, last, most);
    }

    /** Tells the answer's version whom it is about, so that it is forgotten with them. */
    private UUID hold(CustomerReference reference) {
        CustomerRow named =
                customers.named(reference).orElseThrow(() -> customers.missing(reference));
        UUID id = named.customer().id();
        hold(id);
        versions.own(id, named.sequence());
        return id;
    }

    /** The very customer, merged or not: 410 when it was erased. */
    private void hold(UUID customer) {
        register.lock(List.of(customer));
        customers
                .named(CustomerReference.parse(customer.toString()))
                .orElseThrow(CustomerRows::unknown)
                .customer()
                .requireNotErased();
    }
}
