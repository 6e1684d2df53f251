package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.Identity;
import java.util.List;

/**
 * One version of a customer on the compacted profile topic; the only place where a profile leaves
 * this service.
 */
record ProfileSnapshot(
        CustomerStatus status,
        List<Identity> identities,
        @JsonUnwrapped Profile profile,
        List<Relation> relations,
        List<Preference> preferences) {

    static ProfileSnapshot of(Customer customer) {
        return new ProfileSnapshot(
                customer.status(),
                customer.identities(),
                customer.profile(),
                customer.relations(),
                customer.preferences());
    }
}
