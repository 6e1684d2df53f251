package io.rapport.customer.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Which versions of a history show values of somebody else: those of a survivor from a merge on,
 * until the version that undid it. Each history is read once, however many merges there were.
 */
@ApplicationScoped
public class ShownVersions {

    /** All from one version to another one; both may be gone. */
    public record Range(UUID customer, long from, long to) {}

    // Versions are found by time: a merge tells when, and not as which version. Newest first, so
    // that the first version at a time or after it is a running minimum. Ranges that touch are one.
    private static final String SELECT =
            """
            WITH merged AS MATERIALIZED (
                SELECT m.id, m.survivor_id AS customer, m.merged_at, u.unmerged_at
                FROM customer_merge m LEFT JOIN customer_unmerge u ON u.merge_id = m.id
                WHERE %s),
            placed AS MATERIALIZED (
                SELECT merge, undone, min(version) OVER (PARTITION BY customer ORDER BY at DESC) AS version
                FROM (SELECT customer, merged_at AS at, CAST(NULL AS bigint) AS version, id AS merge, false AS undone
                      FROM merged
                      UNION ALL SELECT customer, unmerged_at, NULL, id, true FROM merged WHERE unmerged_at IS NOT NULL
                      UNION ALL SELECT h.customer_id, h.at, h.version, NULL, false FROM customer_change h
                      WHERE h.customer_id = ANY(ARRAY(SELECT customer FROM merged)) AND h.ordinal = 0) AS place),
            bounds AS MATERIALIZED (
                SELECT merge, min(version) FILTER (WHERE NOT undone) AS first,
                    min(version) FILTER (WHERE undone) AS last
                FROM placed WHERE merge IS NOT NULL GROUP BY merge)
            SELECT customer, lower(versions) AS "from", coalesce(upper(versions) - 1,
                (SELECT max(h.version) FROM customer_change h WHERE h.customer_id = shown.customer)) AS "to"
            FROM (SELECT m.customer, unnest(range_agg(int8range(b.first,
                          CASE WHEN b.last < b.first THEN b.first ELSE b.last END, '[]'))) AS versions
                  FROM merged m JOIN bounds b ON b.merge = m.id WHERE b.first IS NOT NULL
                  GROUP BY m.customer) AS shown
            ORDER BY customer, 2
            """;
    private static final String OF_MEMBERS =
            SELECT.formatted("m.member_id = ANY(:customers) AND m.survivor_id <> ALL(:customers)");
    private static final String IN_SURVIVORS =
            SELECT.formatted("m.survivor_id = ANY(:customers) AND m.member_id <> ALL(:customers)");

    private final Jdbi jdbi;

    ShownVersions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Where others show values of these customers: by customer and version, without overlaps. */
    public List<Range> of(Collection<UUID> customers) {
        return select(OF_MEMBERS, customers);
    }

    /** Where these customers show values of others than themselves: the same. */
    public List<Range> ofOthersIn(Collection<UUID> customers) {
        return select(IN_SURVIVORS, customers);
    }

    private List<Range> select(String sql, Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(sql)
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(Range.class))
                                .list());
    }
}
