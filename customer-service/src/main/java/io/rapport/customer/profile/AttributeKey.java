package io.rapport.customer.profile;

/** The value of a unique attribute, as text: it names a customer as an identity does. */
public record AttributeKey(String attribute, String value) {

    private static final String NAME_FORM = "[a-z][A-Za-z0-9]{0,63}";

    /** Whether an attribute may be called so. */
    public static boolean isName(String name) {
        return name.matches(NAME_FORM);
    }
}
