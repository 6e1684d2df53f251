package io.rapport.customer.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Looks words up, in the caller's transaction: those that are spelled alike come from the small
 * table of words.
 */
@ApplicationScoped
class SearchRows {

    // Words are few and rows of a word many, which no statistics tell a plan that is made for any
    // word: what the statements are meant to do is said to it.
    private static final String SETTINGS =
            """
            SELECT set_config('pg_trgm.similarity_threshold', :similarity, true),
                set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true),
                set_config('enable_sort', 'off', true), set_config('enable_hashjoin', :hashed, true)
            """;

    // Of the words that begin so, one tells that there are any.
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
                 WHERE b.word > q.word AND b.word < q.word || U&'\\+10FFFF' ORDER BY b.word LIMIT 1)) w
            """;

    private final Jdbi jdbi;

    SearchRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Tells the database how the statements of this transaction are meant to be run. */
    static void set(Handle handle, double similarity, boolean hashed) {
        handle.createQuery(SETTINGS)
                .bind("similarity", Double.toString(similarity))
                .bind("hashed", hashed ? "on" : "off")
                .mapTo(String.class)
                .one();
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

    /** Words that are spelled like each of these, or one that begins so: to be looked at. */
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
}
