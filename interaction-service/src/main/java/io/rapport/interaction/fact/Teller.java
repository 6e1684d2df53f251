package io.rapport.interaction.fact;

/** Who handed a fact in, or its correction. */
public enum Teller {
    STAFF,
    PARTNER,
    CUSTOMER
}
