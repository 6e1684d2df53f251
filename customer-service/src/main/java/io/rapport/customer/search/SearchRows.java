package io.rapport.customer.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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
    private static final String WITH_ONE_TYPO =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM unnest(CAST(:words AS text[]), CAST(:heads AS text[]), CAST(:tails AS text[])) AS q (word, head, tail)
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

    // One word at a time, for the least similarity is that of its length.
    private static final String WITH_TWO_TYPOS =
            """
            SELECT q.word AS wanted, w.word AS found
            FROM (SELECT CAST(:word AS text) AS word) q
            CROSS JOIN LATERAL (
                SELECT s.word FROM search_word s
                WHERE s.shape % CAST(:shape AS text)
                AND ARRAY[char_length(s.word)] && ARRAY(
                    SELECT generate_series(char_length(q.word) - 2, char_length(q.word) + 2))
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
        List<String> shorter = words.stream().filter(word -> Spelling.typos(word) == 1).toList();
        return jdbi.withHandle(
                handle -> {
                    List<Similar> similar = new ArrayList<>();
                    if (!shorter.isEmpty()) {
                        similar.addAll(withOneTypo(handle, shorter));
                    }
                    words.stream()
                            .filter(word -> Spelling.typos(word) == 2)
                            .forEach(word -> similar.addAll(withTwoTypos(handle, word)));
                    return similar;
                });
    }

    private static List<Similar> withOneTypo(Handle handle, List<String> words) {
        set(handle, 1, false);
        return handle.createQuery(WITH_ONE_TYPO)
                .bindArray("words", String.class, words)
                .bindArray("heads", String.class, words.stream().map(Spelling::head).toList())
                .bindArray("tails", String.class, words.stream().map(Spelling::tail).toList())
                .map((row, context) -> new Similar(row.getString(1), row.getString(2)))
                .list();
    }

    private static List<Similar> withTwoTypos(Handle handle, String word) {
        set(handle, Spelling.leastSimilarity(word), false);
        return handle.createQuery(WITH_TWO_TYPOS)
                .bind("word", word)
                .bind("shape", Spelling.shape(word))
                .map((row, context) -> new Similar(row.getString(1), row.getString(2)))
                .list();
    }
}
