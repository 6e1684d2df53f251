package io.rapport.customer.profile;

/** Where a customer stands in its life. Only an active one can be changed. */
public enum CustomerStatus {
    ACTIVE,
    MERGED,
    ERASED
}
