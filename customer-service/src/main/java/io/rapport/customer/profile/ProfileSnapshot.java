package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.CustomerKind;
import io.rapport.customer.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a customer on the compacted profile topic; the only place where a profile leaves
 * this service.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileSnapshot(
        CustomerStatus status,
        List<Identity> identities,
        CustomerKind kind,
        @Nullable String displayName,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable String country) {

    static ProfileSnapshot of(Customer customer) {
        Profile profile = customer.profile();
        return new ProfileSnapshot(
                customer.status(),
                customer.identities(),
                profile.kind(),
                profile.displayName(),
                profile.givenName(),
                profile.familyName(),
                profile.language(),
                profile.timeZone(),
                profile.country());
    }
}
