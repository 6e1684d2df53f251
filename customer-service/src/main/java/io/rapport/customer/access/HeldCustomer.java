package io.rapport.customer.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.Preference;
import io.rapport.customer.profile.Profile;
import io.rapport.customer.profile.Relation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One customer by its own values, as it would stand without a merge. A login is told by the hash
 * under which it is kept.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record HeldCustomer(
        UUID id,
        CustomerStatus status,
        @JsonUnwrapped Profile profile,
        List<Relation> relations,
        List<Preference> preferences,
        List<Identity> identities,
        Instant createdAt,
        Instant updatedAt) {

    static HeldCustomer of(Customer customer) {
        return new HeldCustomer(
                customer.id(),
                customer.status(),
                customer.profile(),
                customer.relations(),
                customer.preferences(),
                customer.identities(),
                customer.createdAt(),
                customer.updatedAt());
    }
}
