package io.rapport.customer.attribute;

import io.rapport.customer.profile.AttributeKey;
import io.rapport.platform.Refusal;
import java.time.Instant;

/** A definition at one version. Its name never changes: values and the history say it. */
record AttributeDefinition(
        String name, AttributeTerms terms, long version, Instant createdAt, Instant updatedAt) {

    static AttributeDefinition make(String name, AttributeTerms terms, Instant now) {
        if (!AttributeKey.isName(name)) {
            throw Refusal.invalid(
                    "invalid-attribute-name",
                    "An attribute's name begins with a small letter and has letters and digits only, at most 64,"
                            + " as in shoeSize.");
        }
        return new AttributeDefinition(name, terms.requirePossible(), 1, now, now);
    }

    /** This definition with other terms, one version on; itself when nothing differs. */
    AttributeDefinition change(AttributeTerms to, Instant now) {
        return to.equals(terms)
                ? this
                : new AttributeDefinition(name, to.requirePossible(), version + 1, createdAt, now);
    }
}
