package io.rapport.customer;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The name that a source has for a customer. It belongs to one customer at a time. */
@Schema(requiredProperties = {"source", "externalId"})
public record Identity(String source, String externalId) {

    /**
     * Identities of this source are logins: proven by their holder or added by an admin, never by
     * upsert.
     */
    public static final String LOGIN = "login";

    /**
     * An identity as a caller presents it: well-formed, no contact data, not of a reserved source.
     */
    public static Identity presented(String source, String externalId) {
        return presented(CustomerReference.identity(source, externalId));
    }

    /** The name of a source as a caller presents it. */
    public static String presentedSource(String source) {
        return presented(source, "any").source;
    }

    /** The identity in a reference that is one. */
    public static Identity presented(CustomerReference reference) {
        if (reference.source().equals(LOGIN)) {
            throw Refusal.invalid(
                    "source-is-reserved", "The source login is reserved for proven logins.");
        }
        return new Identity(reference.source(), reference.externalId());
    }
}
