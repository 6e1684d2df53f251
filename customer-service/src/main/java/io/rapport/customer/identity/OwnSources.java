package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;

/**
 * Which identities the caller may name and see: staff all, a partner those of the sources that its
 * token lists.
 */
@ApplicationScoped
public class OwnSources {

    private final Caller caller;
    private final CustomerRows rows;

    OwnSources(Caller caller, CustomerRows rows) {
        this.caller = caller;
        this.rows = rows;
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

    /** Refuses a customer of whom the caller sees nothing exactly as one that is not there. */
    public void require(CustomerReference reference) {
        if (!caller.isStaff() && find(reference).isEmpty()) {
            throw CustomerRows.unknown();
        }
    }

    /**
     * The same of a customer who is held, so that nobody gives or takes an identity meanwhile. What
     * was there before the lock may have gone.
     */
    public void require(Customer held) {
        if (!sees(held)) {
            throw CustomerRows.unknown();
        }
    }

    /** The customer, if there is one and the caller may name it so. */
    Optional<Customer> find(CustomerReference reference) {
        if (reference.id().isEmpty() && !caller.speaksFor(reference.source())) {
            return Optional.empty();
        }
        return rows.find(reference).map(CustomerRow::customer).filter(this::sees);
    }

    private boolean sees(Customer customer) {
        return caller.isStaff() || customer.names().anyMatch(this::visible);
    }

    /**
     * Refuses a customer that none of the caller's sources knows exactly as one that is not there.
     */
    public void requireOneOf(Collection<String> sources) {
        if (!caller.isStaff() && sources.stream().noneMatch(caller::speaksFor)) {
            throw CustomerRows.unknown();
        }
    }

    public boolean visible(Identity identity) {
        return caller.speaksFor(identity.source());
    }

    /** What the caller may see of a customer that it has named. */
    public CustomerView view(Customer customer) {
        return caller.isStaff()
                ? CustomerView.of(customer, this::visible)
                : CustomerView.forPartner(customer, this::visible);
    }
}
