package io.rapport.customer.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks terms up, in the caller's transaction. Words that are spelled alike come from the small
 * table of words; a page of customers from an index, best ones first.
 */
@ApplicationScoped
class SearchRows {

    /** A customer that was found, and what its match costs: the order of the list. */
    record Found(UUID customer, int cost) {}

    // Words are few and rows of a word many, which no statistics tell a plan that is made for any
    // word: what the statements are meant to do is said to it.
    private static final String SETTINGS =
            """
            SELECT set_config('pg_trgm.similarity_threshold', :similarity, true),
                set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true),
                set_config('enable_sort', 'off', true), set_config('enable_hashjoin', :hashed, true)
            """;

    // Of words that begin alike no more than can be looked through together.
    private static final String SIMILAR =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM unnest(CAST(:words AS text[]), CAST(:shapes AS text[]), CAST(:typos AS integer[]))
                AS q (word, shape, typos)
            CROSS JOIN LATERAL (
                SELECT s.word FROM search_word s
                WHERE s.shape % q.shape
                AND ARRAY[char_length(s.word)] && ARRAY(
                    SELECT generate_series(char_length(q.word) - q.typos, char_length(q.word) + q.typos))
                UNION ALL
                (SELECT b.word FROM search_word b
                 WHERE b.word > q.word AND b.word < q.word || U&'\\+10FFFF' ORDER BY b.word LIMIT 300)) w
            """;

    private static final String LET_THROUGH =
            """
            c.status = 'ACTIVE'
            AND (CAST(:kinds AS text[]) IS NULL OR c.kind = ANY(CAST(:kinds AS text[])))
            AND (CAST(:stages AS text[]) IS NULL OR c.lifecycle_stage = ANY(CAST(:stages AS text[])))
            AND (CAST(:tags AS text[]) IS NULL OR c.tags @> CAST(:tags AS text[]))
            AND (CAST(:languages AS text[]) IS NULL
                OR EXISTS (SELECT FROM unnest(CAST(:languages AS text[])) AS l
                           WHERE c.language = l OR starts_with(c.language, l || '-')))
            AND (CAST(:attributes AS text[]) IS NULL
                OR NOT EXISTS (SELECT FROM unnest(CAST(:attributes AS text[]), CAST(:values AS text[])) AS s (name, value)
                               WHERE NOT EXISTS (SELECT FROM customer_attribute a
                                                 WHERE a.customer_id = ANY(ARRAY(SELECT c.id UNION ALL SELECT k.member_id
                                                     FROM customer_link k WHERE k.survivor_id = c.id))
                                                 AND a.name = s.name AND a.value = s.value)))
            AND (CAST(:segments AS text[]) IS NULL
                OR EXISTS (SELECT FROM segment_member m
                           WHERE m.customer_id = c.id AND m.segment = ANY(CAST(:segments AS text[]))))
            AND (CAST(:createdFrom AS timestamptz) IS NULL OR c.created_at >= :createdFrom)
            AND (CAST(:createdBefore AS timestamptz) IS NULL OR c.created_at < :createdBefore)
            AND (CAST(:changedFrom AS timestamptz) IS NULL OR c.updated_at >= :changedFrom)
            AND (CAST(:changedBefore AS timestamptz) IS NULL OR c.updated_at < :changedBefore)
            """;

    // The first customers of each term, of which the page is made: however many have a name, no
    // more are read than a page holds. Who has a term of less cost stands there. A bound is a
    // number
    // in the text: a parameter would be taken for a tenth of all rows.
    private static final String OF_ONE_PART =
            """
            SELECT h.customer_id, q.cost
            FROM unnest(CAST(:terms AS text[]), CAST(:costs AS integer[]), CAST(:cheaper AS integer[]))
                AS q (term, cost, cheaper)
            CROSS JOIN LATERAL (
                SELECT t.customer_id FROM search_term t JOIN customer c ON c.id = t.customer_id
                WHERE t.term = q.term
                AND t.customer_id > CASE WHEN q.cost = :afterCost THEN CAST(:afterCustomer AS uuid)
                    ELSE '00000000-0000-0000-0000-000000000000' END
                AND NOT EXISTS (
                    SELECT FROM (SELECT k.term FROM search_term k WHERE k.customer_id = t.customer_id OFFSET 0) b
                    WHERE b.term = ANY((CAST(:terms AS text[]))[1 : q.cheaper]))
                AND
            """
                    + LET_THROUGH
                    + """
                        ORDER BY t.customer_id LIMIT %1$d) h
                    WHERE q.cost >= :afterCost
                    GROUP BY h.customer_id, q.cost ORDER BY q.cost, h.customer_id LIMIT %1$d
                    """;

    private static final String COUNTED =
            """
            SELECT q.part, sum(n.count) AS count
            FROM unnest(CAST(:terms AS text[]), CAST(:parts AS integer[])) AS q (term, part)
            CROSS JOIN LATERAL (
                SELECT count(*) AS count FROM (SELECT FROM search_term t WHERE t.term = q.term LIMIT :most) few) n
            GROUP BY q.part ORDER BY count, q.part LIMIT 1
            """;

    /**
     * Of fewer customers than these it is looked up what else each has; of more, who has the rest.
     */
    private static final int FEW = 2_000;

    /** How far the customers of a term are counted. */
    private static final int COUNTED_UP_TO = 10_000;

    private static final String RAREST =
            """
            (SELECT DISTINCT r.customer_id
             FROM unnest(CAST(:terms AS text[]), CAST(:parts AS integer[])) AS w (term, part)
             JOIN search_term r ON r.term = w.term
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

    private static final String OF_SEVERAL_PARTS =
            """
            WITH met AS MATERIALIZED (
                SELECT t.customer_id, q.part, min(q.cost) AS cost
                FROM %s
                JOIN unnest(CAST(:terms AS text[]), CAST(:parts AS integer[]), CAST(:costs AS integer[]))
                    AS q (term, part, cost) ON q.term = t.term
                GROUP BY t.customer_id, q.part),
            whole AS MATERIALIZED (
                SELECT customer_id, sum(cost) AS cost FROM met GROUP BY customer_id HAVING count(*) = :all)
            SELECT w.customer_id, w.cost
            FROM whole w JOIN customer c ON c.id = w.customer_id
            WHERE (w.cost, w.customer_id) > (:afterCost, :afterCustomer) AND
            """
                    + LET_THROUGH
                    + " ORDER BY w.cost, w.customer_id LIMIT :limit";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;

    SearchRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether anybody has this term. */
    boolean isKnown(String term) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT EXISTS (SELECT FROM search_term WHERE term ="
                                                + " :term)")
                                .bind("term", term)
                                .mapTo(boolean.class)
                                .one());
    }

    /** Words that are spelled like each of these, or begin so: candidates, to be looked at. */
    record Similar(String wanted, String found) {}

    List<Similar> similar(Collection<String> words) {
        double least = words.stream().mapToDouble(Spelling::leastSimilarity).min().orElse(1);
        List<Integer> typos = words.stream().map(Spelling::typos).toList();
        return jdbi.withHandle(
                handle -> {
                    set(handle, least, false);
                    return handle.createQuery(SIMILAR)
                            .bindArray("words", String.class, words)
                            .bindArray("shapes", String.class, Spelling.shapes(words))
                            .bindArray("typos", Integer.class, typos)
                            .map((row, context) -> new Similar(row.getString(1), row.getString(2)))
                            .list();
                });
    }

    private static void set(Handle handle, double similarity, boolean hashed) {
        handle.createQuery(SETTINGS)
                .bind("similarity", Double.toString(similarity))
                .bind("hashed", hashed ? "on" : "off")
                .mapTo(String.class)
                .one();
    }

    /** Customers that have one of these terms of one part, which are sorted by cost. */
    List<Found> ofOnePart(
            List<Spelled> terms, SearchRequest.Filter filter, @Nullable Found last, int limit) {
        return jdbi.withHandle(
                handle -> {
                    set(handle, 1, false);
                    Query query = handle.createQuery(OF_ONE_PART.formatted(limit));
                    return page(query, terms, filter, last)
                            .bindArray("cheaper", Integer.class, cheaper(terms))
                            .map(SearchRows::found)
                            .list();
                });
    }

    /** How many terms before each cost less. */
    private static List<Integer> cheaper(List<Spelled> terms) {
        List<Integer> cheaper = new ArrayList<>(terms.size());
        for (int i = 0; i < terms.size(); i++) {
            boolean same = i > 0 && terms.get(i - 1).cost() == terms.get(i).cost();
            cheaper.add(same ? cheaper.getLast() : Integer.valueOf(i));
        }
        return cheaper;
    }

    /** Customers that have a term of each part, by what those cost together. */
    List<Found> ofSeveralParts(
            List<Spelled> terms, SearchRequest.Filter filter, @Nullable Found last, int limit) {
        long parts = terms.stream().mapToInt(Spelled::part).distinct().count();
        return jdbi.withHandle(
                handle -> {
                    set(handle, 1, true);
                    Counted rarest = rarest(handle, terms);
                    String sql =
                            OF_SEVERAL_PARTS.formatted(
                                    rarest.count < FEW ? FEW_WITH_TERMS : MANY_WITH_TERMS);
                    return page(handle.createQuery(sql), terms, filter, last)
                            .bind("limit", limit)
                            .bindArray("parts", Integer.class, parts(terms))
                            .bind("all", parts)
                            .bind("rarest", rarest.part)
                            .map(SearchRows::found)
                            .list();
                });
    }

    private record Counted(int part, long count) {}

    /** The part with the fewest customers, as far as they are counted. */
    private static Counted rarest(Handle handle, List<Spelled> terms) {
        return handle.createQuery(COUNTED)
                .bindArray("terms", String.class, terms(terms))
                .bindArray("parts", Integer.class, parts(terms))
                .bind("most", COUNTED_UP_TO)
                .map((row, context) -> new Counted(row.getInt(1), row.getLong(2)))
                .one();
    }

    private static Query page(
            Query query, List<Spelled> terms, SearchRequest.Filter filter, @Nullable Found last) {
        return query.bindMethods(filter)
                .bindArray("terms", String.class, terms(terms))
                .bindArray("costs", Integer.class, terms.stream().map(Spelled::cost).toList())
                .bind("afterCost", last == null ? -1 : last.cost())
                .bind("afterCustomer", last == null ? BEFORE_ALL : last.customer());
    }

    private static List<String> terms(List<Spelled> terms) {
        return terms.stream().map(Spelled::term).toList();
    }

    private static List<Integer> parts(List<Spelled> terms) {
        return terms.stream().map(Spelled::part).toList();
    }

    private static Found found(ResultSet row, StatementContext context) throws SQLException {
        return new Found(row.getObject(1, UUID.class), row.getInt(2));
    }
}
