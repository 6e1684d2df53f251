package io.rapport.directory;

import io.rapport.platform.Columns;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which customer a reference names, from this service's own database. A write may wait for a
 * customer that was registered a moment ago; waiting holds neither connection nor transaction, so
 * call it before the transaction begins.
 */
@ApplicationScoped
public class Directory {

    private static final String BY_ID =
            """
            SELECT customer_id FROM directory_customer
            WHERE customer_id = ANY(:ids) AND status <> 'ERASED'""";

    // Whoever was merged answers as its survivor, and a survivor for all its members.
    private static final String RELATIONSHIP =
            """
            SELECT named.survivor, ARRAY(
                SELECT m.customer_id FROM directory_customer AS m WHERE m.survivor_id = named.survivor) AS merged
            FROM (SELECT coalesce(survivor_id, customer_id) AS survivor FROM directory_customer
                  WHERE customer_id = :customer) AS named""";

    // The LIMIT keeps it a look into the index for each one named, however many are held: as a
    // plain join, the planner may read the whole table.
    private static final String BY_IDENTITY =
            """
            SELECT named.source || ':' || named.external_id AS reference, owner.customer_id
            FROM unnest(:sources, :externalIds) AS named (source, external_id)
            CROSS JOIN LATERAL (
                SELECT i.customer_id FROM directory_identity AS i
                JOIN directory_customer AS c ON c.customer_id = i.customer_id AND c.status <> 'ERASED'
                WHERE i.source = named.source AND i.external_id = named.external_id
                ORDER BY i.since DESC, i.customer_id DESC LIMIT 1) AS owner""";

    private final Jdbi jdbi;
    private final DirectoryConfig config;
    private final Semaphore waiters;

    Directory(Jdbi jdbi, DirectoryConfig config) {
        this.jdbi = jdbi;
        this.config = config;
        this.waiters = new Semaphore(config.waiters());
    }

    /** The customer, for a write; waits a bounded time for one that is not known yet. */
    public UUID await(CustomerReference reference) {
        return require(reference, awaitAll(List.of(reference)));
    }

    /**
     * The customers, for a batch that waits once for all its lines; those still unknown are missing
     * from the answer. Refused when somebody is unknown and as many as may wait do so already:
     * whether there is such a customer is not known then.
     */
    public Map<CustomerReference, UUID> awaitAll(Collection<CustomerReference> references) {
        Set<CustomerReference> missing = new LinkedHashSet<>(references);
        Map<CustomerReference, UUID> known = new HashMap<>();
        find(missing, known);
        if (missing.isEmpty()) {
            return known;
        }
        if (!waiters.tryAcquire()) {
            throw Refusal.unavailable(
                    "too-many-waiters",
                    "A customer is not known yet, and too many requests wait for theirs already. Repeat the same request in a moment.");
        }
        try {
            long deadline = System.nanoTime() + config.patience().toNanos();
            while (!missing.isEmpty() && System.nanoTime() < deadline) {
                sleep(config.poll());
                find(missing, known);
            }
            return known;
        } finally {
            waiters.release();
        }
    }

    /** The customer that is named, itself where it was merged; it does not wait. */
    public UUID require(CustomerReference reference) {
        Map<CustomerReference, UUID> known = new HashMap<>();
        find(new LinkedHashSet<>(List.of(reference)), known);
        return require(reference, known);
    }

    private static UUID require(CustomerReference reference, Map<CustomerReference, UUID> known) {
        UUID customer = known.get(reference);
        if (customer == null) {
            throw Refusal.notFound(
                    "unknown-customer",
                    reference.id().isPresent()
                            ? "No customer has this id."
                            : "No customer has this identity; register it first, by PUT /customers/by/{source}/{externalId}.");
        }
        return customer;
    }

    /** Whose facts a read of the customer covers; it does not wait. */
    public Relationship relationship(CustomerReference reference) {
        UUID named = require(reference);
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(RELATIONSHIP)
                                .bind("customer", named)
                                .map(
                                        row ->
                                                Relationship.of(
                                                        named,
                                                        row.getColumn("survivor", UUID.class),
                                                        List.of(
                                                                row.getColumn(
                                                                        "merged", UUID[].class))))
                                .one());
    }

    /** Moves what is found from {@code missing} to {@code known}. */
    private void find(Set<CustomerReference> missing, Map<CustomerReference, UUID> known) {
        List<UUID> ids = missing.stream().flatMap(reference -> reference.id().stream()).toList();
        List<CustomerReference> identities =
                missing.stream().filter(reference -> reference.id().isEmpty()).toList();
        Map<String, UUID> found = new HashMap<>();
        jdbi.useHandle(
                handle -> {
                    byId(handle, ids, found);
                    byIdentity(handle, identities, found);
                });
        for (CustomerReference reference : new ArrayList<>(missing)) {
            UUID customer = found.get(reference.toString());
            if (customer != null) {
                known.put(reference, customer);
                missing.remove(reference);
            }
        }
    }

    private static void byId(Handle handle, List<UUID> ids, Map<String, UUID> found) {
        if (!ids.isEmpty()) {
            handle.createQuery(BY_ID)
                    .bindArray("ids", UUID.class, ids)
                    .mapTo(UUID.class)
                    .forEach(id -> found.put(id.toString(), id));
        }
    }

    private static void byIdentity(
            Handle handle, List<CustomerReference> identities, Map<String, UUID> found) {
        if (!identities.isEmpty()) {
            Columns.of(identities)
                    .add("sources", String.class, CustomerReference::source)
                    .add("externalIds", String.class, CustomerReference::externalId)
                    .bindTo(handle.createQuery(BY_IDENTITY))
                    .map(
                            row ->
                                    Map.entry(
                                            row.getColumn("reference", String.class),
                                            row.getColumn("customer_id", UUID.class)))
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("shutting-down", "The service is shutting down.");
        }
    }
}
