package io.rapport.platform.directory;

import io.quarkus.arc.lookup.LookupIfProperty;
import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Folds the customer log (which customers exist) and the profile topic (their identities) into the
 * directory.
 */
@ApplicationScoped
@LookupIfProperty(name = "rapport.directory.enabled", stringValue = "true", lookupIfMissing = true)
class DirectoryProjection implements Projection {

    /** The part of a profile snapshot that the directory keeps. */
    record Profile(String status, @Nullable UUID survivor, @Nullable List<Identity> identities) {}

    record Identity(String source, String externalId) {}

    private final Jdbi jdbi;

    DirectoryProjection(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CUSTOMERS, Topic.PROFILES);
    }

    @Override
    public void fold(List<ReceivedEvent> events) {
        jdbi.useHandle(
                handle -> {
                    for (ReceivedEvent event : events) {
                        apply(handle, event);
                    }
                });
    }

    private static void apply(Handle handle, ReceivedEvent event) {
        switch (event.type()) {
            case "customer.registered.v1" -> exists(handle, event.customer());
            case "profiles-snapshot.v1" -> identities(handle, event);
            default -> {}
        }
    }

    private static void exists(Handle handle, UUID customer) {
        handle.execute(
                "INSERT INTO directory_customer (customer_id, status) VALUES (?, 'ACTIVE') ON CONFLICT DO NOTHING",
                customer);
    }

    /**
     * Only the profile topic writes identities; an identity that moved to another customer is that
     * one's from then on.
     */
    private static void identities(Handle handle, ReceivedEvent event) {
        List<Identity> identities =
                event.tombstone() ? List.of() : identitiesOf(event.data(Profile.class));
        exists(handle, event.customer());
        handle.createUpdate(
                        """
                        WITH given AS (SELECT * FROM unnest(:sources, :externalIds) AS g (source, external_id)),
                        removed AS (
                            DELETE FROM directory_identity AS d WHERE d.customer_id = :customer
                              AND NOT EXISTS (SELECT FROM given g
                                              WHERE g.source = d.source AND g.external_id = d.external_id))
                        INSERT INTO directory_identity (source, external_id, customer_id)
                        SELECT source, external_id, :customer FROM given
                        ON CONFLICT (source, external_id) DO UPDATE SET customer_id = excluded.customer_id
                        WHERE directory_identity.customer_id <> excluded.customer_id""")
                .bind("customer", event.customer())
                .bindArray(
                        "sources", String.class, identities.stream().map(Identity::source).toList())
                .bindArray(
                        "externalIds",
                        String.class,
                        identities.stream().map(Identity::externalId).toList())
                .execute();
    }

    private static List<Identity> identitiesOf(Profile profile) {
        return profile.identities() == null ? List.of() : profile.identities();
    }
}
