package io.rapport.customer.profile;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer_relation}: written in the transaction that writes the customer's
 * version.
 */
@ApplicationScoped
class RelationRows {

    /** A customer's relations as a JSON array of {@link Relation}, beside {@code customer c}. */
    static final String COLUMN =
            """
            (SELECT json_agg(json_build_object('type', r.type, 'customer', r.related_id) ORDER BY r.type, r.related_id)
             FROM customer_relation r WHERE r.customer_id = c.id)""";

    private static final String LOCK_ALL_RELATIONS =
            "SELECT pg_advisory_xact_lock(hashtextextended('customer_relation', 0))";
    private static final String LOCK_IF_ANY =
            LOCK_ALL_RELATIONS
                    + " WHERE EXISTS (SELECT 1 FROM customer_relation WHERE customer_id = ANY(:ids))";
    private static final String LOCK_BOTH_CUSTOMERS =
            "SELECT id FROM customer WHERE id IN (:customer, :related) ORDER BY id FOR NO KEY UPDATE";

    // Walks over those who answer: a survivor has the relations of all its members, and who is
    // related
    // to one of them is related to it. Each way one step beyond the longest chain that may be, so
    // that
    // a longer one is seen. Behind a customer there may be very many, as of an employer: of those
    // the
    // nearest are looked at.
    private static final String CHAIN =
            """
            WITH RECURSIVE ahead (id, length) AS (
                SELECT coalesce((SELECT survivor_id FROM customer_link WHERE member_id = :related), :related), 1
                UNION
                SELECT coalesce(l.survivor_id, r.related_id), ahead.length + 1
                FROM ahead CROSS JOIN LATERAL (
                    SELECT ahead.id AS id
                    UNION ALL SELECT member_id FROM customer_link WHERE survivor_id = ahead.id) AS of
                JOIN customer_relation r ON r.customer_id = of.id AND r.type = :type
                LEFT JOIN customer_link l ON l.member_id = r.related_id
                WHERE ahead.length <= :most AND NOT ahead.id = ANY(:ids)
                    AND coalesce(l.survivor_id, r.related_id) <> ahead.id),
            behind (id, length) AS (
                SELECT id, 1 FROM unnest(CAST(:ids AS uuid[])) AS own (id)
                UNION
                SELECT more.id, behind.length + 1
                FROM behind CROSS JOIN LATERAL (
                    SELECT coalesce(l.survivor_id, r.customer_id) AS id
                    FROM (
                        SELECT behind.id AS id
                        UNION ALL SELECT member_id FROM customer_link WHERE survivor_id = behind.id) AS of
                    JOIN customer_relation r ON r.related_id = of.id AND r.type = :type
                    LEFT JOIN customer_link l ON l.member_id = r.customer_id
                    WHERE coalesce(l.survivor_id, r.customer_id) <> behind.id
                    ORDER BY r.customer_id LIMIT 10000) AS more
                WHERE behind.length <= :most)
            SELECT bool_or(id = ANY(:ids)) AS closed,
                max(length) + (SELECT max(length) FROM (SELECT length FROM behind LIMIT 10000) AS nearest) AS length
            FROM ahead
            """;
    private static final int LONGEST_CHAIN = 100;

    private static final String INCOMING =
            """
            SELECT type, customer_id AS customer FROM customer_relation
            WHERE related_id = ANY(:related)
            """;

    private static final String INSERT =
            "INSERT INTO customer_relation (customer_id, type, related_id) VALUES (:customer, :type, :related)";
    private static final String DELETE =
            "DELETE FROM customer_relation WHERE customer_id = :customer AND type = :type AND related_id = :related";

    /** Whether the chain comes back to its beginning, and how many customers it would have. */
    private record Chain(boolean closed, int length) {}

    private final Jdbi jdbi;
    private final CustomerRows customers;

    RelationRows(Jdbi jdbi, CustomerRows customers) {
        this.jdbi = jdbi;
        this.customers = customers;
    }

    /**
     * Refuses those of {@code after} that are new and cannot be: to nobody or somebody erased, to
     * oneself, or such that a chain comes back to its beginning or gets too long. Call it before
     * the customer's row is written: it locks both customers in the order of their ids.
     */
    void requirePossible(Customer customer, List<Relation> after) {
        after.stream()
                .filter(relation -> !customer.relations().contains(relation))
                .forEach(
                        added ->
                                jdbi.useHandle(handle -> requirePossible(handle, customer, added)));
    }

    private void requirePossible(Handle handle, Customer customer, Relation added) {
        if (added.customer().equals(customer.id())) {
            throw toOneself();
        }
        handle.createQuery(LOCK_ALL_RELATIONS).mapTo(String.class).one();
        handle.createQuery(LOCK_BOTH_CUSTOMERS)
                .bind("customer", customer.id())
                .bind("related", added.customer())
                .mapTo(UUID.class)
                .list();
        if (meant(added.customer()).equals(customer.id())) {
            throw toOneself();
        }
        requireChain(handle, customer.all(), added.type(), added.customer());
    }

    /**
     * Keeps relations as they are, when one of {@code customers} has any: before their rows are
     * locked, in the order of all who add one.
     */
    void lockFor(List<UUID> customers) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(LOCK_IF_ANY)
                                .bindArray("ids", UUID.class, customers)
                                .mapTo(String.class)
                                .list());
    }

    /** Refuses a merge that would close a chain or make it too long. What is between them ends. */
    void requirePossible(Merged merged) {
        List<UUID> ids = merged.each().map(Customer::id).toList();
        lockFor(ids);
        jdbi.useHandle(
                handle ->
                        merged.each()
                                .flatMap(customer -> customer.relations().stream())
                                .filter(relation -> !ids.contains(relation.customer()))
                                .distinct()
                                .forEach(
                                        relation ->
                                                requireChain(
                                                        handle,
                                                        ids,
                                                        relation.type(),
                                                        relation.customer())));
    }

    private static void requireChain(
            Handle handle, List<UUID> ids, RelationType type, UUID related) {
        Chain chain =
                handle.createQuery(CHAIN)
                        .bindArray("ids", UUID.class, ids)
                        .bind("related", related)
                        .bind("type", type)
                        .bind("most", LONGEST_CHAIN)
                        .map((row, context) -> new Chain(row.getBoolean(1), row.getInt(2)))
                        .one();
        if (chain.closed) {
            throw Refusal.conflict(
                    "relation-runs-in-a-circle",
                    "That customer is related to this one in the same way, directly or over others.");
        }
        if (chain.length > LONGEST_CHAIN) {
            throw Refusal.conflict(
                    "relation-chain-too-long",
                    "A chain of relations has at most " + LONGEST_CHAIN + " customers.");
        }
    }

    /** Itself, or as whom it answers. */
    private UUID meant(UUID related) {
        return customers.require(CustomerReference.parse(related.toString())).customer().id();
    }

    private static Refusal toOneself() {
        return Refusal.conflict("relation-to-oneself", "A customer has no relation to itself.");
    }

    /** Writes what is new in {@code after}, and takes away what is not in it any more. */
    void replace(UUID customer, List<Relation> before, List<Relation> after) {
        before.stream()
                .filter(relation -> !after.contains(relation))
                .forEach(gone -> execute(DELETE, customer, gone));
        after.stream()
                .filter(relation -> !before.contains(relation))
                .forEach(come -> execute(INSERT, customer, come));
    }

    private void execute(String sql, UUID customer, Relation relation) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(sql)
                                .bind("customer", customer)
                                .bind("type", relation.type())
                                .bind("related", relation.customer())
                                .execute());
    }

    /**
     * Who has a relation to one of {@code related}, by type and id, after {@code last}: each names
     * the customer that has it.
     */
    List<Relation> incoming(
            List<UUID> related, @Nullable RelationType type, @Nullable Relation last, int rows) {
        String sql =
                INCOMING
                        + (type == null ? "" : " AND type = :type")
                        + (last == null
                                ? ""
                                : " AND (type, customer_id) > (:lastType, :lastCustomer)")
                        + " ORDER BY type, customer_id LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("related", UUID.class, related)
                                    .bind("rows", rows);
                    if (type != null) {
                        query.bind("type", type);
                    }
                    if (last != null) {
                        query.bind("lastType", last.type()).bind("lastCustomer", last.customer());
                    }
                    return query.map(
                                    (row, context) ->
                                            new Relation(
                                                    RelationType.valueOf(row.getString(1)),
                                                    row.getObject(2, UUID.class)))
                            .list();
                });
    }
}
