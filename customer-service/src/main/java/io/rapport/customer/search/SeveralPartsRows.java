package io.rapport.customer.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Customers who meet each of several parts of a query, by what that costs together and by their
 * ids, in the caller's transaction: those who meet the rarest part are looked at.
 */
@ApplicationScoped
class SeveralPartsRows {

    // Longer words are looked up here, so that there may be any number of them.
    private static final String MEANT =
            """
            WITH q AS MATERIALIZED (
                SELECT * FROM unnest(CAST(:terms AS text[]), CAST(:parts AS integer[]), CAST(:costs AS integer[]))
                    AS m (term, part, cost)
                UNION ALL
                SELECT l.word, g.part, 1
                FROM unnest(CAST(:begun AS text[]), CAST(:begunParts AS integer[])) AS g (word, part)
                CROSS JOIN LATERAL (
                    SELECT s.word FROM search_word s
                    WHERE s.word > g.word AND s.word < g.word || U&'\\+10FFFF' OFFSET 0) l)
            """;

    private static final String COUNTED =
            MEANT
                    + """
                    SELECT p.part, n.count
                    FROM (SELECT DISTINCT part FROM q) p
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS count
                        FROM (SELECT FROM q
                              CROSS JOIN LATERAL (SELECT FROM search_term t WHERE t.term = q.term OFFSET 0) t
                              WHERE q.part = p.part LIMIT :most) few) n
                    ORDER BY n.count, p.part LIMIT 1
                    """;

    /**
     * Of fewer customers than these it is looked up what else each has; of more, who has the rest.
     */
    private static final int FEW = 2_000;

    /** How far the customers of a part are counted. */
    private static final int COUNTED_UP_TO = 10_000;

    private static final String RAREST =
            """
            (SELECT DISTINCT r.customer_id FROM q w JOIN search_term r ON r.term = w.term
             WHERE w.part = :rarest) rare
            """;
    private static final String FEW_WITH_TERMS =
            RAREST
                    + """
                    CROSS JOIN LATERAL (
                        SELECT k.customer_id, k.term FROM search_term k WHERE k.customer_id = rare.customer_id OFFSET 0) t
                    """;
    private static final String MANY_WITH_TERMS =
            RAREST + " JOIN search_term t ON t.customer_id = rare.customer_id ";

    private static final String PAGE =
            MEANT
                    + """
                    , met AS MATERIALIZED (
                        SELECT t.customer_id, q.part, min(q.cost) AS cost
                        FROM %s
                        JOIN q ON q.term = t.term
                        GROUP BY t.customer_id, q.part),
                    whole AS MATERIALIZED (
                        SELECT customer_id, sum(cost) AS cost FROM met GROUP BY customer_id HAVING count(*) = :all)
                    SELECT w.customer_id, w.cost, 0
                    FROM whole w JOIN customer c ON c.id = w.customer_id
                    WHERE (w.cost, w.customer_id) > (:afterCost, :afterCustomer) AND
                    """
                    + SearchFilter.LET_THROUGH
                    + " ORDER BY w.cost, w.customer_id LIMIT :limit";

    private record Counted(int part, long count) {}

    private final Jdbi jdbi;

    SeveralPartsRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** {@code parts}: how many there are, all of which a customer meets. */
    List<Found> of(Meant meant, int parts, SearchRequest.Filter filter, Found last, int limit) {
        return jdbi.withHandle(
                handle -> {
                    SearchRows.set(handle, 1, true);
                    Counted rarest = rarest(handle, meant);
                    String sql =
                            PAGE.formatted(rarest.count < FEW ? FEW_WITH_TERMS : MANY_WITH_TERMS);
                    return bound(handle.createQuery(sql), meant)
                            .bindMethods(filter)
                            .bind("rarest", rarest.part)
                            .bind("all", parts)
                            .bind("afterCost", last.cost())
                            .bind("afterCustomer", last.customer())
                            .bind("limit", limit)
                            .map((row, context) -> Found.read(row))
                            .list();
                });
    }

    /** The part with the fewest customers, as far as they are counted. */
    private static Counted rarest(Handle handle, Meant meant) {
        return bound(handle.createQuery(COUNTED), meant)
                .bind("most", COUNTED_UP_TO)
                .map((row, context) -> new Counted(row.getInt(1), row.getLong(2)))
                .one();
    }

    private static Query bound(Query query, Meant meant) {
        return query.bindArray("terms", String.class, meant.words())
                .bindArray("parts", Integer.class, meant.parts())
                .bindArray("costs", Integer.class, meant.costs())
                .bindArray(
                        "begun",
                        String.class,
                        meant.begun().stream().map(Meant.Begun::word).toList())
                .bindArray(
                        "begunParts",
                        Integer.class,
                        meant.begun().stream().map(Meant.Begun::part).toList());
    }
}
