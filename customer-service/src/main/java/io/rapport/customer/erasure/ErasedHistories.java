package io.rapport.customer.erasure;

import io.rapport.customer.Identity;
import io.rapport.customer.history.ShownVersions;
import io.rapport.customer.history.ShownVersions.Range;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Deletes the histories of customers who are erased, and what those of others tell of them: the
 * versions in which another one showed their values, those before it gave an identity away that was
 * theirs at last, and why another one was merged into them by mistake. Some thousand rows a
 * statement, so that a long history outlasts none.
 */
@ApplicationScoped
class ErasedHistories {

    private static final int ROWS = 5_000;

    private static final String GIVEN_AWAY =
            """
            SELECT customer_id AS customer, 0 AS "from", max(version) AS "to" FROM customer_change
            WHERE path = ANY(:paths) AND path LIKE '/identities/%' AND customer_id <> ALL(:customers)
            GROUP BY customer_id ORDER BY customer_id
            """;

    // Why somebody was merged into one of them by mistake is told in that one's history, too: the
    // version that tells it tells nothing else.
    private static final String MERGED_INTO =
            """
            SELECT h.customer_id AS customer, h.version AS "from", h.version AS "to"
            FROM (SELECT DISTINCT member_id FROM customer_merge
                  WHERE survivor_id = ANY(:customers) AND member_id <> ALL(:customers)) AS m
            CROSS JOIN LATERAL (
                SELECT customer_id, version FROM customer_change
                WHERE customer_id = m.member_id AND path = '/survivor' AND reason IS NOT NULL
                AND CAST(coalesce(new_value, old_value) #>> '{}' AS uuid) = ANY(:customers) OFFSET 0) AS h
            ORDER BY h.customer_id, h.version
            """;

    // The last version of the next rows; a version goes as a whole.
    private static final String NEXT =
            """
            SELECT max(version) FROM (
                SELECT version FROM customer_change
                WHERE customer_id = :customer AND version BETWEEN :from AND :to ORDER BY version LIMIT :rows) AS h
            """;
    private static final String DELETE =
            "DELETE FROM customer_change WHERE customer_id = :customer AND version BETWEEN :from AND :to";

    private final Jdbi jdbi;
    private final ShownVersions shown;

    ErasedHistories(Jdbi jdbi, ShownVersions shown) {
        this.jdbi = jdbi;
        this.shown = shown;
    }

    /** Within the caller's transaction; answers how many rows of each kind went. */
    Map<String, Long> erase(List<UUID> customers, Collection<Identity> identities) {
        return jdbi.withHandle(
                handle -> {
                    long own = 0;
                    for (UUID customer : customers) {
                        own += delete(handle, new Range(customer, 0, Long.MAX_VALUE));
                    }
                    long others = delete(handle, shown.of(customers));
                    // What was shown has gone, and so have the paths of identities in it.
                    others += delete(handle, givenAway(handle, customers, identities));
                    others += delete(handle, mergedInto(handle, customers));
                    return Map.of("changes", own, "changesOfOthers", others);
                });
    }

    private static List<Range> givenAway(
            Handle handle, List<UUID> customers, Collection<Identity> identities) {
        return handle.createQuery(GIVEN_AWAY)
                .bindArray("customers", UUID.class, customers)
                .bindArray("paths", String.class, identities.stream().map(Identity::path).toList())
                .map(ConstructorMapper.of(Range.class))
                .list();
    }

    private static List<Range> mergedInto(Handle handle, List<UUID> customers) {
        return handle.createQuery(MERGED_INTO)
                .bindArray("customers", UUID.class, customers)
                .map(ConstructorMapper.of(Range.class))
                .list();
    }

    private static long delete(Handle handle, List<Range> ranges) {
        return ranges.stream().mapToLong(range -> delete(handle, range)).sum();
    }

    private static long delete(Handle handle, Range range) {
        long deleted = 0;
        long from = range.from();
        while (true) {
            Long to =
                    handle.createQuery(NEXT)
                            .bind("customer", range.customer())
                            .bind("from", from)
                            .bind("to", range.to())
                            .bind("rows", ROWS)
                            .mapTo(Long.class)
                            .findOne()
                            .orElse(null);
            if (to == null) {
                return deleted;
            }
            deleted +=
                    handle.createUpdate(DELETE)
                            .bind("customer", range.customer())
                            .bind("from", from)
                            .bind("to", to)
                            .execute();
            from = to + 1;
        }
    }
}
