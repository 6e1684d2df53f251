package io.rapport.customer.importing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer_import_written}: whom an import has written and not compared yet.
 * Written by who holds the import's row.
 */
@ApplicationScoped
class ImportedCustomers {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String ADD =
            """
            INSERT INTO customer_import_written (import_id, customer_id)
            SELECT :id, customer FROM unnest(:customers) AS customer ORDER BY customer ON CONFLICT DO NOTHING
            """;

    // In the order of the primary key, whatever it was planned for.
    private static final String AFTER =
            """
            SELECT customer_id FROM customer_import_written
            WHERE (import_id, customer_id) > (:id, :after) AND import_id <= :id
            ORDER BY import_id, customer_id LIMIT :limit
            """;
    private static final String DELETE_TO =
            """
            DELETE FROM customer_import_written
            WHERE (import_id, customer_id) > (:id, :after) AND (import_id, customer_id) <= (:id, :last)
            """;
    private static final String DELETE_SOME =
            """
            DELETE FROM customer_import_written WHERE (import_id, customer_id) IN (
                SELECT import_id, customer_id FROM customer_import_written WHERE import_id = ?
                ORDER BY customer_id LIMIT 5000)
            """;

    private final Jdbi jdbi;

    ImportedCustomers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Answers how many of them are not known yet. */
    int add(UUID id, Collection<UUID> customers) {
        return customers.isEmpty()
                ? 0
                : jdbi.withHandle(
                        handle ->
                                handle.createUpdate(ADD)
                                        .bind("id", id)
                                        .bindArray("customers", UUID.class, customers)
                                        .execute());
    }

    /** In the order of their ids, those after {@code last}. */
    List<UUID> after(UUID id, @Nullable UUID last, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(AFTER)
                                .bind("id", id)
                                .bind("after", last == null ? BEFORE_ALL : last)
                                .bind("limit", limit)
                                .mapTo(UUID.class)
                                .list());
    }

    /** Deletes those after {@code after} up to {@code last}. */
    void deleteTo(UUID id, @Nullable UUID after, UUID last) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(DELETE_TO)
                                .bind("id", id)
                                .bind("after", after == null ? BEFORE_ALL : after)
                                .bind("last", last)
                                .execute());
    }

    /**
     * Deletes some of those who were not compared; false when there were none. All of a large
     * import at once would outlast a statement.
     */
    boolean deleteSome(UUID id) {
        return jdbi.withHandle(handle -> handle.execute(DELETE_SOME, id) > 0);
    }
}
