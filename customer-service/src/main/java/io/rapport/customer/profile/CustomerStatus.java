package io.rapport.customer.profile;

import io.rapport.platform.Refusal;

/** Where a customer stands in its life. Only an active one can be changed. */
public enum CustomerStatus {
    ACTIVE,
    MERGED,
    ERASED;

    /** Refuses to tell anything of a customer that was erased. */
    public void requireNotErased() {
        if (this == ERASED) {
            throw Refusal.gone("customer-erased", "This customer was erased.");
        }
    }
}
