package io.rapport.customer;

/** What a customer is. A profile that does not say is a person's. */
public enum CustomerKind {
    PERSON,
    ORGANISATION
}
