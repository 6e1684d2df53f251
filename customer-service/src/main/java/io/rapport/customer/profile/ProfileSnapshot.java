package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.Identity;
import io.rapport.platform.event.Outbox;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a customer on the compacted profile topic; the only place where a profile leaves
 * this service.
 */
record ProfileSnapshot(
        CustomerStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID survivor,
        List<Identity> identities,
        @JsonUnwrapped Profile profile,
        List<Relation> relations,
        List<Preference> preferences) {

    static ProfileSnapshot of(Customer customer) {
        return of(customer, customer.identities());
    }

    /** What a survivor shows, with its own identities: those of its members stay theirs. */
    static ProfileSnapshot of(Merged merged) {
        return of(merged.view(), merged.own().identities());
    }

    private static ProfileSnapshot of(Customer shown, List<Identity> identities) {
        return new ProfileSnapshot(
                shown.status(),
                shown.merges().survivor(),
                identities,
                shown.profile(),
                shown.relations(),
                shown.preferences());
    }

    /** What is published with a write. */
    static Outbox.Snapshot message(CustomerWrite write) {
        return new Outbox.Snapshot(write.id(), write.answer().version(), of(write.after()));
    }
}
