package io.rapport.customer;

import io.rapport.platform.CustomerReference;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The name that a source has for a customer. It belongs to one customer at a time. */
@Schema(
        requiredProperties = {"source", "externalId"},
        examples = Identity.EXAMPLE)
public record Identity(String source, String externalId) {

    static final String EXAMPLE =
            """
            {"source": "online-retail", "externalId": "17850"}""";

    /**
     * An identity as a caller presents it: well-formed, no contact data, not of a reserved source.
     */
    public static Identity presented(String source, String externalId) {
        return of(CustomerReference.identity(source, externalId));
    }

    /** The name of a source as a caller presents it. */
    public static String presentedSource(String source) {
        return presented(source, "any").source;
    }

    /** The identity in a reference that is one. */
    public static Identity of(CustomerReference reference) {
        return new Identity(reference.source(), reference.externalId());
    }

    /** The same as a reference, to the customer that it names. */
    public CustomerReference reference() {
        return CustomerReference.identity(source, externalId);
    }

    /** As whose value a history names it. */
    public String path() {
        return "/identities/" + toString().replace("~", "~0").replace("/", "~1");
    }

    public boolean ofLogin() {
        return source.equals(CustomerReference.LOGIN);
    }

    /** {@code source:externalId}. */
    @Override
    public String toString() {
        return source + ":" + externalId;
    }
}
