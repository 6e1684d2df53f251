package io.rapport.directory;

import io.rapport.platform.Columns;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.RowView;

/**
 * Which customer a reference names, from this service's own database. A write may wait for a
 * customer that was registered a moment ago; waiting holds neither connection nor transaction, so
 * call it before the transaction begins.
 */
@ApplicationScoped
public class Directory {

    private static final String BY_ID =
            """
            SELECT customer_id, status = 'ERASED' AS erased FROM directory_customer
            WHERE customer_id = ANY(:ids)""";

    // Whoever was merged answers as its survivor, and a survivor for all its members. The
    // survivor's
    // erasure may be known before the member's.
    private static final String RELATIONSHIP =
            """
            SELECT named.survivor, coalesce((
                SELECT s.status = 'ERASED' FROM directory_customer AS s
                WHERE s.customer_id = named.survivor), false) AS erased, ARRAY(
                SELECT m.customer_id FROM directory_customer AS m WHERE m.survivor_id = named.survivor) AS merged
            FROM (SELECT coalesce(survivor_id, customer_id) AS survivor FROM directory_customer
                  WHERE customer_id = :customer) AS named""";

    private static final String IDENTITIES =
            """
            SELECT customer_id AS customer, source, external_id FROM directory_identity
            WHERE customer_id = ANY(:customers) ORDER BY customer_id, source, external_id""";

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

    /** Who was asked for: the customers that are known, and those named who were erased. */
    public record Named(Map<CustomerReference, UUID> customers, Set<CustomerReference> erased) {}

    private final Jdbi jdbi;
    private final DirectoryConfig config;
    private final Semaphore waiters;

    Directory(Jdbi jdbi, DirectoryConfig config) {
        this.jdbi = jdbi;
        this.config = config;
        this.waiters = new Semaphore(config.waiters());
    }

    /**
     * The customer, for a write; waits a bounded time for one that is not known yet. One who was
     * erased is refused at once; by their identities they are not known any more.
     */
    public UUID await(CustomerReference reference) {
        return require(reference, awaitAll(List.of(reference)));
    }

    /**
     * The customers, for a batch that waits once for all its lines; nobody waits for those who were
     * erased, and those still unknown are missing from the answer. Refused when somebody is unknown
     * and as many as may wait do so already: whether there is such a customer is not known then.
     */
    public Named awaitAll(Collection<CustomerReference> references) {
        Set<CustomerReference> missing = new LinkedHashSet<>(references);
        Named known = new Named(new HashMap<>(), new HashSet<>());
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

    /**
     * The customer that is named, itself where it was merged; it does not wait. One who was erased
     * is refused with {@code customer-erased}.
     */
    public UUID require(CustomerReference reference) {
        Named known = new Named(new HashMap<>(), new HashSet<>());
        find(new LinkedHashSet<>(List.of(reference)), known);
        return require(reference, known);
    }

    /** Refuses a read of what is held of a customer who was erased. */
    public void requireNotErased(UUID customer) {
        boolean erased =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(BY_ID)
                                        .bindArray("ids", UUID.class, List.of(customer))
                                        .map(row -> row.getColumn("erased", Boolean.class))
                                        .findOne()
                                        .orElse(false));
        if (erased) {
            throw Refusal.customerErased();
        }
    }

    /** The names that other systems have for these customers, as this service knows them. */
    public List<KnownIdentity> identities(Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(IDENTITIES)
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(KnownIdentity.class))
                                .list());
    }

    private static UUID require(CustomerReference reference, Named known) {
        if (known.erased().contains(reference)) {
            throw Refusal.customerErased();
        }
        UUID customer = known.customers().get(reference);
        if (customer == null) {
            throw unknown(reference);
        }
        return customer;
    }

    /** A login is named by nobody but its holder, whose token proves it. */
    private static Refusal unknown(CustomerReference reference) {
        if (reference.source().equals(CustomerReference.LOGIN)) {
            return Refusal.notFound(
                    "login-not-linked",
                    "No customer is known by this login. Ask us for a code, and link it by PUT /me/login.");
        }
        return Refusal.notFound(
                "unknown-customer",
                reference.id().isPresent()
                        ? "No customer has this id."
                        : "No customer has this identity; register it first, by PUT /customers/by/{source}/{externalId}.");
    }

    /** Whose facts a read of the customer covers; it does not wait. */
    public Relationship relationship(CustomerReference reference) {
        UUID named = require(reference);
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(RELATIONSHIP)
                                .bind("customer", named)
                                .map(row -> relationship(named, row))
                                .one());
    }

    private static Relationship relationship(UUID named, RowView row) {
        if (row.getColumn("erased", Boolean.class)) {
            throw Refusal.customerErased();
        }
        return Relationship.of(
                named,
                row.getColumn("survivor", UUID.class),
                List.of(row.getColumn("merged", UUID[].class)));
    }

    /** Moves what is found from {@code missing} to {@code known}. */
    private void find(Set<CustomerReference> missing, Named known) {
        List<UUID> ids = missing.stream().flatMap(reference -> reference.id().stream()).toList();
        List<CustomerReference> identities =
                missing.stream().filter(reference -> reference.id().isEmpty()).toList();
        Map<String, UUID> found = new HashMap<>();
        Set<String> erased = new HashSet<>();
        jdbi.useHandle(
                handle -> {
                    byId(handle, ids, found, erased);
                    byIdentity(handle, identities, found);
                });
        for (CustomerReference reference : new ArrayList<>(missing)) {
            UUID customer = found.get(reference.toString());
            if (customer != null) {
                known.customers().put(reference, customer);
                missing.remove(reference);
            } else if (erased.contains(reference.toString())) {
                known.erased().add(reference);
                missing.remove(reference);
            }
        }
    }

    private static void byId(
            Handle handle, List<UUID> ids, Map<String, UUID> found, Set<String> erased) {
        if (!ids.isEmpty()) {
            handle.createQuery(BY_ID)
                    .bindArray("ids", UUID.class, ids)
                    .map(
                            row ->
                                    Map.entry(
                                            row.getColumn("customer_id", UUID.class),
                                            row.getColumn("erased", Boolean.class)))
                    .forEach(
                            entry -> {
                                UUID id = entry.getKey();
                                if (entry.getValue()) {
                                    erased.add(id.toString());
                                } else {
                                    found.put(id.toString(), id);
                                }
                            });
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
