package io.rapport.customer.access;

import io.rapport.customer.context.CustomerContext.Source;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The documents that together are all that is held of a customer: one a service. {@code sequence}:
 * how far this service has heard of each; a document that is read later may say more.
 */
record AccessManifest(List<Document> documents) {

    /** {@code path}: where it is read by whoever reads this, staff or the customer. */
    record Document(String service, String path, String holds, long sequence) {}

    private record Told(String path, String own, String holds) {}

    private static final Map<String, Told> SERVICES =
            Map.of(
                    "customer-service",
                    new Told(
                            "/customers/%s/export",
                            "/me/export",
                            "profile, identities, contact points, relations, attributes, preferences, consents,"
                                    + " history, merges, segments, duplicates, legal holds, figures of the other services"),
                    "interaction-service",
                    new Told(
                            "/interactions/customers/%s/export",
                            "/me/interactions/export", "what happened, what was promised and told"),
                    "loyalty-service",
                    new Told(
                            "/loyalty/customers/%s/export",
                            "/me/loyalty/export", "accounts, points and tiers"),
                    "feedback-service",
                    new Told(
                            "/feedback/customers/%s/export",
                            "/me/feedback/export", "ratings and what was said with them"));

    /** {@code sources}: all services, as the context tells how far it has come with each. */
    static AccessManifest of(UUID customer, List<Source> sources, boolean own) {
        return new AccessManifest(
                sources.stream().map(source -> document(customer, source, own)).toList());
    }

    private static Document document(UUID customer, Source source, boolean own) {
        Told told = SERVICES.get(source.service());
        if (told == null) {
            throw new IllegalStateException("no document is known of " + source.service());
        }
        return new Document(
                source.service(),
                own ? told.own : told.path.formatted(customer),
                told.holds,
                source.sequence());
    }
}
