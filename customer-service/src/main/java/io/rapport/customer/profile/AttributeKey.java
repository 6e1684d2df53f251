package io.rapport.customer.profile;

/** The value of a unique attribute, as text: it names a customer as an identity does. */
public record AttributeKey(String attribute, String value) {}
