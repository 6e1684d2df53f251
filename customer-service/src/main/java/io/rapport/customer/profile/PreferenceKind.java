package io.rapport.customer.profile;

/** What a customer would like us to do, or takes for granted that we do. */
public enum PreferenceKind {
    PREFERENCE,
    EXPECTATION
}
