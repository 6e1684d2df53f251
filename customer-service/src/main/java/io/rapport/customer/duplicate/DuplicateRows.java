package io.rapport.customer.duplicate;

import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code duplicate_pair}. */
@ApplicationScoped
class DuplicateRows {

    private static final int PAGE = PageRequest.MAX_LIMIT + 1;
    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final int ABOVE_ALL = 101;

    private static final String PARTNERS =
            """
            SELECT customer_a, customer_b FROM duplicate_pair WHERE customer_a = ANY(:customers)
            UNION
            SELECT customer_a, customer_b FROM duplicate_pair WHERE customer_b = ANY(:customers)
            """;

    // In the order of the pairs, so that two who write pairs in common wait for each other and
    // never in a circle.
    private static final String FOUND =
            """
            INSERT INTO duplicate_pair (customer_a, customer_b, rule, score, matched, found_at)
            VALUES (:a, :b, :rule, :score, :matched, :at)
            ON CONFLICT (customer_a, customer_b) DO UPDATE
                SET rule = EXCLUDED.rule, score = EXCLUDED.score, matched = EXCLUDED.matched, found_at = EXCLUDED.found_at
                WHERE (duplicate_pair.rule, duplicate_pair.score, duplicate_pair.matched)
                    IS DISTINCT FROM (EXCLUDED.rule, EXCLUDED.score, EXCLUDED.matched)
            """;
    private static final String NOT_FOUND =
            "DELETE FROM duplicate_pair WHERE customer_a = :a AND customer_b = :b AND"
                    + " different_since IS NULL";
    private static final String NOT_FOUND_BUT_DENIED =
            """
            UPDATE duplicate_pair SET rule = NULL, score = NULL, matched = NULL, found_at = NULL
            WHERE customer_a = :a AND customer_b = :b AND rule IS NOT NULL
            """;

    private static final String FIND =
            """
            SELECT CAST(:other AS uuid), rule, coalesce(score, 0), matched, found_at, different_since
            FROM duplicate_pair WHERE customer_a = :a AND customer_b = :b
            """;
    private static final String OF_CUSTOMER =
            """
            SELECT p.other, p.rule, coalesce(p.score, 0), p.matched, p.found_at, p.different_since
            FROM (
                SELECT customer_b AS other, * FROM duplicate_pair WHERE customer_a = :customer
                UNION ALL
                SELECT customer_a AS other, * FROM duplicate_pair WHERE customer_b = :customer) p
            JOIN customer c ON c.id = p.other AND c.status = 'ACTIVE'
            WHERE (p.different_since IS NOT NULL) = :different
            AND (coalesce(p.score, 0), p.other) < (:lastScore, :lastOther)
            ORDER BY coalesce(p.score, 0) DESC, p.other DESC LIMIT
            """
                    + PAGE;

    private static final String TO_REVIEW =
            """
            SELECT p.customer_a, p.customer_b, p.rule, p.score, p.matched, p.found_at
            FROM duplicate_pair p
            JOIN customer a ON a.id = p.customer_a AND a.status = 'ACTIVE'
            JOIN customer b ON b.id = p.customer_b AND b.status = 'ACTIVE'
            WHERE p.rule IS NOT NULL AND p.different_since IS NULL
            AND (p.score, p.customer_a, p.customer_b) < (:lastScore, :lastA, :lastB)
            ORDER BY p.score DESC, p.customer_a DESC, p.customer_b DESC LIMIT
            """
                    + PAGE;

    private static final String DENY =
            """
            INSERT INTO duplicate_pair (customer_a, customer_b, different_since, different_by)
            VALUES (:a, :b, :at, :by)
            ON CONFLICT (customer_a, customer_b) DO UPDATE
                SET different_since = EXCLUDED.different_since, different_by = EXCLUDED.different_by
                WHERE duplicate_pair.different_since IS NULL
            """;
    private static final String HOLD =
            "SELECT rule FROM duplicate_pair WHERE customer_a = :a AND customer_b = :b FOR UPDATE";
    private static final String DENY_NO_MORE =
            """
            UPDATE duplicate_pair SET different_since = NULL, different_by = NULL
            WHERE customer_a = :a AND customer_b = :b AND rule IS NOT NULL
            """;
    private static final String FORGET =
            "DELETE FROM duplicate_pair WHERE customer_a = :a AND customer_b = :b AND rule IS NULL";

    private final Jdbi jdbi;

    DuplicateRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The pairs, found or denied, in which one of the customers stands. */
    Set<Pair> partners(List<UUID> customers) {
        return customers.isEmpty()
                ? Set.of()
                : jdbi.withHandle(
                        handle ->
                                handle.createQuery(PARTNERS)
                                        .bindArray("customers", UUID.class, customers)
                                        .map(
                                                (row, context) ->
                                                        Pair.of(
                                                                row.getObject(1, UUID.class),
                                                                row.getObject(2, UUID.class)))
                                        .set());
    }

    /** Keeps what was found of these pairs, and takes away what was found of those before. */
    void keep(SortedMap<Pair, Match> found, Collection<Pair> notFound, Instant now) {
        jdbi.useHandle(
                handle -> {
                    if (!found.isEmpty()) {
                        keep(handle, found, now);
                    }
                    List<Pair> gone = notFound.stream().sorted(Pair.ORDER).toList();
                    if (!gone.isEmpty()) {
                        each(handle, NOT_FOUND, gone);
                        each(handle, NOT_FOUND_BUT_DENIED, gone);
                    }
                });
    }

    private static void keep(Handle handle, SortedMap<Pair, Match> found, Instant now) {
        PreparedBatch batch = handle.prepareBatch(FOUND);
        found.forEach(
                (pair, match) ->
                        bound(batch, pair)
                                .bind("rule", match.rule())
                                .bind("score", match.score())
                                .bindArray("matched", String.class, match.matched())
                                .bind("at", now)
                                .add());
        batch.execute();
    }

    private static void each(Handle handle, String sql, List<Pair> pairs) {
        PreparedBatch batch = handle.prepareBatch(sql);
        pairs.forEach(pair -> bound(batch, pair).add());
        batch.execute();
    }

    /** What stands of the second as a duplicate of the first; perhaps nothing but its id. */
    Duplicate find(UUID customer, UUID other) {
        return jdbi.withHandle(
                handle ->
                        bound(handle.createQuery(FIND), Pair.of(customer, other))
                                .bind("other", other)
                                .map(DuplicateRows::duplicate)
                                .findOne()
                                .orElse(new Duplicate(other, null, null)));
    }

    /** Where a page of pairs ended: the score in hundredths and the pair. */
    record Last(int score, Pair pair) {}

    /**
     * Those of one customer, most alike first, after {@code last}, whose pair's first is the other.
     */
    List<Duplicate> of(UUID customer, boolean different, @Nullable Last last) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_CUSTOMER)
                                .bind("customer", customer)
                                .bind("different", different)
                                .bind("lastScore", last == null ? ABOVE_ALL : last.score())
                                .bind("lastOther", last == null ? AFTER_ALL : last.pair().a())
                                .map(DuplicateRows::duplicate)
                                .list());
    }

    /** Those that nobody has denied, most alike first, after {@code last}. */
    List<DuplicatePair> toReview(@Nullable Last last) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(TO_REVIEW)
                                .bind("lastScore", last == null ? ABOVE_ALL : last.score())
                                .bind("lastA", last == null ? AFTER_ALL : last.pair().a())
                                .bind("lastB", last == null ? AFTER_ALL : last.pair().b())
                                .map(DuplicateRows::pair)
                                .list());
    }

    /** Remembers that they are not the same; who said so first stays. */
    void deny(Pair pair, Instant now, String by) {
        jdbi.useHandle(
                handle ->
                        bound(handle.createUpdate(DENY), pair)
                                .bind("at", now)
                                .bind("by", by)
                                .execute());
    }

    /** In a transaction of the caller: who writes one of the two meanwhile waits for the pair. */
    void denyNoMore(Pair pair) {
        jdbi.useHandle(
                handle -> {
                    bound(handle.createQuery(HOLD), pair).mapTo(String.class).list();
                    each(handle, DENY_NO_MORE, List.of(pair));
                    each(handle, FORGET, List.of(pair));
                });
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Pair pair) {
        return statement.bind("a", pair.a()).bind("b", pair.b());
    }

    private static Duplicate duplicate(ResultSet row, StatementContext context)
            throws SQLException {
        return new Duplicate(
                row.getObject(1, UUID.class),
                row.getString(2) == null ? null : finding(row, 2),
                time(row, 6));
    }

    private static DuplicatePair pair(ResultSet row, StatementContext context) throws SQLException {
        return new DuplicatePair(
                List.of(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                finding(row, 3));
    }

    private static Finding finding(ResultSet row, int column) throws SQLException {
        return Finding.of(
                DuplicateRule.valueOf(row.getString(column)),
                row.getInt(column + 1),
                List.of((String[]) row.getArray(column + 2).getArray()),
                Objects.requireNonNull(time(row, column + 3)));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
