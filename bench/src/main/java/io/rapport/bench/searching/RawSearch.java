package io.rapport.bench.searching;

import io.rapport.bench.load.JdbcWork;
import io.rapport.bench.reading.RawCustomerRead;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a search by one name asks of the database, with the service's statements in a transaction:
 * words that are spelled alike, then the first page of those who have the name that was meant.
 */
final class RawSearch implements JdbcWork {
    private static final String SETTINGS =
            """
            SELECT set_config('pg_trgm.similarity_threshold', ?, true),
                set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true),
                set_config('enable_sort', 'off', true), set_config('enable_hashjoin', ?, true)
            """;

    // The statements of customer-service's SearchRows and OnePartRows, to the letter.
    private static final String SIMILAR =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS integer[]))
                AS q (word, shape, typos)
            CROSS JOIN LATERAL (
                SELECT s.word FROM search_word s
                WHERE s.shape % q.shape
                AND ARRAY[char_length(s.word)] && ARRAY(
                    SELECT generate_series(char_length(q.word) - q.typos, char_length(q.word) + q.typos))
                UNION ALL
                (SELECT b.word FROM search_word b
                 WHERE b.word > q.word AND b.word < q.word || U&'\\+10FFFF' ORDER BY b.word LIMIT 1)) w
            """;

    private static final String OF_TERMS =
            """
            SELECT h.customer_id, q.cost, 0
            FROM unnest(CAST(? AS text[]), CAST(? AS integer[]), CAST(? AS integer[]))
                AS q (term, cost, cheaper)
            CROSS JOIN LATERAL (
                SELECT t.customer_id FROM search_term t JOIN customer c ON c.id = t.customer_id
                WHERE t.term = q.term
                AND t.customer_id > CASE WHEN q.cost = ? THEN CAST(? AS uuid)
                    ELSE '00000000-0000-0000-0000-000000000000' END
                AND NOT EXISTS (
                    SELECT FROM (SELECT k.term FROM search_term k WHERE k.customer_id = t.customer_id OFFSET 0) b
                    WHERE b.term = ANY((CAST(? AS text[]))[1 : q.cheaper])
                    OR (q.cost > 0 AND b.term > CAST(? AS text) AND b.term < CAST(? AS text) || U&'\\+10FFFF'
                        AND EXISTS (SELECT FROM search_word w WHERE w.word = b.term)))
                AND
            c.status = 'ACTIVE'
            AND (CAST(? AS text[]) IS NULL OR c.kind = ANY(CAST(? AS text[])))
            AND (CAST(? AS text[]) IS NULL OR c.lifecycle_stage = ANY(CAST(? AS text[])))
            AND (CAST(? AS text[]) IS NULL OR c.tags @> CAST(? AS text[]))
            AND (CAST(? AS text[]) IS NULL
                OR EXISTS (SELECT FROM unnest(CAST(? AS text[])) AS l
                           WHERE c.language = l OR starts_with(c.language, l || '-')))
            AND (CAST(? AS text[]) IS NULL
                OR NOT EXISTS (SELECT FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS s (name, value)
                               WHERE NOT EXISTS (SELECT FROM customer_attribute a
                                                 WHERE a.customer_id = ANY(ARRAY(SELECT c.id UNION ALL SELECT k.member_id
                                                     FROM customer_link k WHERE k.survivor_id = c.id))
                                                 AND a.name = s.name AND a.value = s.value)))
            AND (CAST(? AS text[]) IS NULL
                OR EXISTS (SELECT FROM segment_member m
                           WHERE m.customer_id = c.id AND m.segment = ANY(CAST(? AS text[]))))
            AND (CAST(? AS timestamptz) IS NULL OR c.created_at >= ?)
            AND (CAST(? AS timestamptz) IS NULL OR c.created_at < ?)
            AND (CAST(? AS timestamptz) IS NULL OR c.updated_at >= ?)
            AND (CAST(? AS timestamptz) IS NULL OR c.updated_at < ?)
                                    ORDER BY t.customer_id LIMIT 21) h
                    WHERE q.cost BETWEEN ? AND ?
                    GROUP BY h.customer_id, q.cost ORDER BY q.cost, h.customer_id LIMIT 21
            """;

    /** What the service has to be seen running. */
    static final List<String> STATEMENTS = List.of(SIMILAR, OF_TERMS);

    private static final String CUSTOMERS = RawCustomerRead.BY_ID.replace("= ?", "= ANY(?)");

    /** From so many letters on a word may have two typos. */
    private static final int SHORTEST_WITH_TWO = 9;

    private static final int TYPO_COST = 2;

    // Where the parameters of the page stand.
    private static final int AFTER_COST = 4;
    private static final int AFTER_CUSTOMER = 5;
    private static final int TERMS_AGAIN = 6;
    private static final int FIRST_ABSENT = 7;
    private static final int LAST_ABSENT = 29;
    private static final int FROM_COST = 30;
    private static final int TO_COST = 31;

    private final Connection connection;
    private final PreparedStatement settings;
    private final PreparedStatement similar;
    private final PreparedStatement page;
    private final PreparedStatement customers;
    private final Supplier<Misspelled> queries;

    RawSearch(Connection connection, Supplier<Misspelled> queries) throws SQLException {
        connection.setAutoCommit(false);
        this.connection = connection;
        this.settings = connection.prepareStatement(SETTINGS);
        this.similar = connection.prepareStatement(SIMILAR);
        this.page = connection.prepareStatement(OF_TERMS);
        this.customers = connection.prepareStatement(CUSTOMERS);
        this.queries = queries;
    }

    @Override
    public void once() throws SQLException {
        Misspelled query = queries.get();
        int typos = query.typed().length() < SHORTEST_WITH_TWO ? 1 : 2;
        settings.setString(1, Double.toString(leastSimilarity(query.typed().length(), typos)));
        settings.setString(2, "off");
        read(settings);
        Array typed = connection.createArrayOf("text", new String[] {query.typed()});
        similar.setArray(1, typed);
        similar.setArray(2, typed);
        similar.setArray(3, connection.createArrayOf("integer", new Integer[] {typos}));
        read(similar);
        read(settings);
        customers.setArray(1, connection.createArrayOf("uuid", page(query).toArray()));
        if (read(customers).isEmpty()) {
            throw new SQLException("nobody has the name that was meant");
        }
        connection.commit();
    }

    /** As customer-service's {@code Spelling} tells it. */
    private static double leastSimilarity(double letters, int typos) {
        double lost = 2 + 2 * typos;
        return Math.clamp((letters + 1 - lost) / (letters + 1 + lost) - 0.01, 0.19, 0.6);
    }

    private List<UUID> page(Misspelled query) throws SQLException {
        Array terms = connection.createArrayOf("text", query.meant().toArray());
        page.setArray(1, terms);
        page.setArray(2, connection.createArrayOf("integer", new Integer[] {TYPO_COST}));
        page.setArray(3, connection.createArrayOf("integer", new Integer[] {0}));
        page.setInt(AFTER_COST, -1);
        page.setObject(AFTER_CUSTOMER, new UUID(0, 0));
        page.setArray(TERMS_AGAIN, terms);
        for (int absent = FIRST_ABSENT; absent <= LAST_ABSENT; absent++) {
            page.setNull(absent, Types.NULL);
        }
        page.setInt(FROM_COST, -1);
        page.setInt(TO_COST, Integer.MAX_VALUE);
        return read(page).stream().map(UUID.class::cast).toList();
    }

    /** All rows, of which the first column is kept. */
    private static List<Object> read(PreparedStatement statement) throws SQLException {
        List<Object> first = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                first.add(rows.getObject(1));
            }
        }
        return first;
    }
}
