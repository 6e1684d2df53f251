package io.rapport.directory;

import io.rapport.platform.Columns;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
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
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which customer a reference names, from this service's own database. A write may wait for a
 * customer that was registered a moment ago; waiting holds neither connection nor transaction, so
 * call it before the transaction begins.
 */
@ApplicationScoped
public class Directory {

    private static final String BY_ID =
            """
            SELECT CAST(customer_id AS text) AS reference, customer_id, status = 'ERASED' AS erased, birthday
            FROM directory_customer WHERE customer_id = ANY(:ids)""";

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

    private static final String BIRTHDAYS =
            """
            SELECT customer_id AS customer, birthday FROM directory_customer
            WHERE customer_id = ANY(:customers) AND birthday IS NOT NULL ORDER BY customer_id""";

    // The LIMIT keeps it a look into the index for each one named, however many are held: as a
    // plain join, the planner may read the whole table.
    private static final String BY_IDENTITY =
            """
            SELECT named.source || ':' || named.external_id AS reference, owner.customer_id, false AS erased, owner.birthday
            FROM unnest(:sources, :externalIds) AS named (source, external_id)
            CROSS JOIN LATERAL (
                SELECT i.customer_id, c.birthday FROM directory_identity AS i
                JOIN directory_customer AS c ON c.customer_id = i.customer_id AND c.status <> 'ERASED'
                WHERE i.source = named.source AND i.external_id = named.external_id
                ORDER BY i.since DESC, i.customer_id DESC LIMIT 1) AS owner""";

    /**
     * Who was asked for: the customers that are known, those named who were erased, and when the
     * known ones were born, as far as that is known.
     */
    public record Named(
            Map<CustomerReference, UUID> customers,
            Set<CustomerReference> erased,
            Map<UUID, LocalDate> birthdays) {

        private static Named nobody() {
            return new Named(new HashMap<>(), new HashSet<>(), new HashMap<>());
        }

        private void take(CustomerReference reference, Answer answer) {
            if (answer.erased()) {
                erased.add(reference);
                return;
            }
            customers.put(reference, answer.customer());
            if (answer.birthday() != null) {
                birthdays.put(answer.customer(), answer.birthday());
            }
        }

        /** The customer; refused where it is unknown or was erased. */
        public UUID require(CustomerReference reference) {
            if (erased.contains(reference)) {
                throw Refusal.customerErased();
            }
            UUID customer = customers.get(reference);
            if (customer == null) {
                throw unknown(reference);
            }
            return customer;
        }
    }

    /** Whom a reference names. */
    private record Answer(UUID customer, boolean erased, @Nullable LocalDate birthday) {}

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
        return awaitAll(List.of(reference)).require(reference);
    }

    /**
     * The customers, for a batch that waits once for all its lines; nobody waits for those who were
     * erased, and those still unknown are missing from the answer. Refused when somebody is unknown
     * and as many as may wait do so already: whether there is such a customer is not known then.
     */
    public Named awaitAll(Collection<CustomerReference> references) {
        Set<CustomerReference> missing = new LinkedHashSet<>(references);
        Named known = Named.nobody();
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

    /** The same for those who have waited by other ways: it does not wait. */
    public Named find(Collection<CustomerReference> references) {
        Named known = Named.nobody();
        find(new LinkedHashSet<>(references), known);
        return known;
    }

    /**
     * The customer that is named, itself where it was merged; it does not wait. One who was erased
     * is refused with {@code customer-erased}.
     */
    public UUID require(CustomerReference reference) {
        return find(List.of(reference)).require(reference);
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

    /** When these customers were born, as far as this service knows. */
    public List<KnownBirthday> birthdays(Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BIRTHDAYS)
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(KnownBirthday.class))
                                .list());
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
        Map<String, Answer> found = new HashMap<>();
        jdbi.useHandle(
                handle -> {
                    if (!ids.isEmpty()) {
                        answer(handle.createQuery(BY_ID).bindArray("ids", UUID.class, ids), found);
                    }
                    if (!identities.isEmpty()) {
                        answer(
                                Columns.of(identities)
                                        .add("sources", String.class, CustomerReference::source)
                                        .add(
                                                "externalIds",
                                                String.class,
                                                CustomerReference::externalId)
                                        .bindTo(handle.createQuery(BY_IDENTITY)),
                                found);
                    }
                });
        for (CustomerReference reference : new ArrayList<>(missing)) {
            Answer answer = found.get(reference.toString());
            if (answer != null) {
                known.take(reference, answer);
                missing.remove(reference);
            }
        }
    }

    private static void answer(Query query, Map<String, Answer> found) {
        query.map(
                        row ->
                                Map.entry(
                                        row.getColumn("reference", String.class),
                                        new Answer(
                                                row.getColumn("customer_id", UUID.class),
                                                row.getColumn("erased", Boolean.class),
                                                row.getColumn("birthday", LocalDate.class))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
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
