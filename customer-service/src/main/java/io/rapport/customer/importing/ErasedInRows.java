package io.rapport.customer.importing;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AttributeKey;
import io.rapport.customer.profile.ErasedIdentities;
import java.util.List;
import java.util.Set;

/** What names erased customers in the rows of a step, and nobody who is there. */
record ErasedInRows(Set<Identity> identities, Set<AttributeKey> keys) {

    /** Refuses a row that names an erased customer. */
    void requireNone(ImportedRow row) {
        if (row.identities().stream().anyMatch(identities::contains)) {
            throw ErasedIdentities.gone();
        }
        List<AttributeKey> gone = row.keys().stream().filter(keys::contains).toList();
        if (!gone.isEmpty()) {
            throw ErasedIdentities.gone(gone);
        }
    }
}
