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
    private static final String WITH_ONE_TYPO =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[])) AS q (word, head, tail)
            CROSS JOIN LATERAL (
                SELECT s.word
                FROM generate_series(char_length(q.word) - 1, char_length(q.word) + 1) AS n (length)
                CROSS JOIN LATERAL (
                    SELECT b.word FROM search_word b
                    WHERE char_length(b.word) = n.length
                    AND b.word >= q.head AND b.word < q.head || U&'\\+10FFFF'
                    UNION ALL
                    SELECT e.word FROM search_word e
                    WHERE char_length(e.word) = n.length
                    AND reverse(e.word) >= q.tail AND reverse(e.word) < q.tail || U&'\\+10FFFF') s
                UNION ALL
                (SELECT b.word FROM search_word b
                 WHERE b.word > q.word AND b.word < q.word || U&'\\+10FFFF' ORDER BY b.word LIMIT 1)) w
            """;

    private static final String WITH_TWO_TYPOS =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM (SELECT CAST(? AS text) AS word) q
            CROSS JOIN LATERAL (
                SELECT s.word FROM search_word s
                WHERE s.shape % CAST(? AS text)
                AND ARRAY[char_length(s.word)] && ARRAY(
                    SELECT generate_series(char_length(q.word) - 2, char_length(q.word) + 2))
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
    static final List<String> STATEMENTS = List.of(WITH_ONE_TYPO, WITH_TWO_TYPOS, OF_TERMS);

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
    private final PreparedStatement withOneTypo;
    private final PreparedStatement withTwoTypos;
    private final PreparedStatement page;
    private final PreparedStatement customers;
    private final Supplier<Misspelled> queries;

    RawSearch(Connection connection, Supplier<Misspelled> queries) throws SQLException {
        connection.setAutoCommit(false);
        this.connection = connection;
        this.settings = connection.prepareStatement(SETTINGS);
        this.withOneTypo = connection.prepareStatement(WITH_ONE_TYPO);
        this.withTwoTypos = connection.prepareStatement(WITH_TWO_TYPOS);
        this.page = connection.prepareStatement(OF_TERMS);
        this.customers = connection.prepareStatement(CUSTOMERS);
        this.queries = queries;
    }

    @Override
    public void once() throws SQLException {
        Misspelled query = queries.get();
        String typed = query.typed();
        if (typed.length() < SHORTEST_WITH_TWO) {
            settings(1);
            read(withOneTypo(typed));
        } else {
            settings(leastSimilarity(typed.length()));
            read(withTwoTypos(typed));
        }
        settings(1);
        customers.setArray(1, connection.createArrayOf("uuid", page(query).toArray()));
        if (read(customers).isEmpty()) {
            throw new SQLException("nobody has the name that was meant");
        }
        connection.commit();
    }

    private void settings(double similarity) throws SQLException {
        settings.setString(1, Double.toString(similarity));
        settings.setString(2, "off");
        read(settings);
    }

    // Head, tail and least similarity are as customer-service's Spelling tells them.
    private PreparedStatement withOneTypo(String typed) throws SQLException {
        int head = (typed.length() - 1) / 2;
        String tail = new StringBuilder(typed.substring(head + 1)).reverse().toString();
        withOneTypo.setArray(1, array(typed));
        withOneTypo.setArray(2, array(typed.substring(0, head)));
        withOneTypo.setArray(3, array(tail));
        return withOneTypo;
    }

    private Array array(String word) throws SQLException {
        return connection.createArrayOf("text", new String[] {word});
    }

    private PreparedStatement withTwoTypos(String typed) throws SQLException {
        withTwoTypos.setString(1, typed);
        withTwoTypos.setString(2, typed);
        return withTwoTypos;
    }

    private static double leastSimilarity(double letters) {
        return Math.min((letters + 1 - 6) / (letters + 1 + 6) - 0.01, 0.6);
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
