package io.rapport.platform.testing;

import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ProjectionTable;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What a generation of a projection holds, as the comparison after a replay sees it. */
public final class FoldedRows {

    private FoldedRows() {}

    /** The rows of these customers in all tables of the projection, without technical columns. */
    public static List<String> of(
            Jdbi jdbi, Projection projection, int generation, Collection<UUID> customers) {
        return projection.tables().stream()
                .flatMap(table -> rows(jdbi, table, generation, customers).stream())
                .toList();
    }

    private static List<String> rows(
            Jdbi jdbi, ProjectionTable table, int generation, Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT '%1$s ' || CAST(to_jsonb(t) - 'generation' - :technical AS text)
                                        FROM %1$s AS t
                                        WHERE generation = :generation AND customer_id = ANY(:customers) ORDER BY 1"""
                                                .formatted(table.name()))
                                .bindArray("technical", String.class, table.technical())
                                .bind("generation", generation)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(String.class)
                                .list());
    }
}
