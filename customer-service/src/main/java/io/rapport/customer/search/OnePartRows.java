package io.rapport.customer.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Customers who meet a query of one part, from an index, in the caller's transaction: however many
 * have a name, no more are read than a page holds and the filters let through. Those whose word
 * only begins so come by words, in an order that stays the same, and then by their ids; all others
 * by their ids. Each customer stands where it costs least.
 */
@ApplicationScoped
class OnePartRows {

    // The first customers of each term, of which the page is made. A bound is a number in the text:
    // a parameter would be taken for a tenth of all rows.
    private static final String OF_TERMS =
            """
            SELECT h.customer_id, q.cost, 0
            FROM unnest(CAST(:terms AS text[]), CAST(:costs AS integer[]), CAST(:cheaper AS integer[]))
                AS q (term, cost, cheaper)
            CROSS JOIN LATERAL (
                SELECT t.customer_id FROM search_term t JOIN customer c ON c.id = t.customer_id
                WHERE t.term = q.term
                AND t.customer_id > CASE WHEN q.cost = :afterCost THEN CAST(:afterCustomer AS uuid)
                    ELSE '00000000-0000-0000-0000-000000000000' END
                AND NOT EXISTS (
                    SELECT FROM (SELECT k.term FROM search_term k WHERE k.customer_id = t.customer_id OFFSET 0) b
                    WHERE b.term = ANY((CAST(:terms AS text[]))[1 : q.cheaper])
                    OR (q.cost > 0 AND b.term > CAST(:begun AS text) AND b.term < CAST(:begun AS text) || U&'\\+10FFFF'
                        AND EXISTS (SELECT FROM search_word w WHERE w.word = b.term)))
                AND
            """
                    + SearchFilter.LET_THROUGH
                    + """
                        ORDER BY t.customer_id LIMIT %1$d) h
                    WHERE q.cost BETWEEN :afterCost AND :mostCost
                    GROUP BY h.customer_id, q.cost ORDER BY q.cost, h.customer_id LIMIT %1$d
                    """;

    // One word after the other, until the page is full. Their places are sorted apart, so that the
    // customers of a word are read only when its turn comes.
    private static final String OF_BEGINNING =
            """
            SELECT h.customer_id, 1, w.place
            FROM (SELECT l.word, hashtextextended(l.word, 0) AS place FROM search_word l
                  WHERE l.word > CAST(:begun AS text) AND l.word < CAST(:begun AS text) || U&'\\+10FFFF'
                  AND hashtextextended(l.word, 0) >= :afterPlace
                  ORDER BY place OFFSET 0) w
            CROSS JOIN LATERAL (
                SELECT t.customer_id FROM search_term t JOIN customer c ON c.id = t.customer_id
                WHERE t.term = w.word
                AND t.customer_id > CASE WHEN w.place = :afterPlace THEN CAST(:afterCustomer AS uuid)
                    ELSE '00000000-0000-0000-0000-000000000000' END
                AND NOT EXISTS (
                    SELECT FROM (SELECT k.term FROM search_term k WHERE k.customer_id = t.customer_id OFFSET 0) b
                    WHERE b.term = :begun
                    OR (b.term > CAST(:begun AS text) AND b.term < CAST(:begun AS text) || U&'\\+10FFFF'
                        AND (hashtextextended(b.term, 0), b.term) < (w.place, w.word)
                        AND EXISTS (SELECT FROM search_word o WHERE o.word = b.term)))
                AND
            """
                    + SearchFilter.LET_THROUGH
                    + """
                        ORDER BY t.customer_id LIMIT %1$d) h
                    ORDER BY w.place, h.customer_id LIMIT %1$d
                    """;

    private final Jdbi jdbi;

    OnePartRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Found> of(Meant meant, SearchRequest.Filter filter, Found last, int limit) {
        Optional<String> begun = meant.begun().stream().map(Meant.Begun::word).findFirst();
        return jdbi.withHandle(
                handle -> {
                    SearchRows.set(handle, 1, false);
                    return begun.isEmpty()
                            ? ofTerms(handle, meant, filter, last, Integer.MAX_VALUE, limit)
                            : ofAll(handle, meant, begun.get(), filter, last, limit);
                });
    }

    /** Those with the word itself, then with longer ones, then with one that is spelled like it. */
    private static List<Found> ofAll(
            Handle handle,
            Meant meant,
            String begun,
            SearchRequest.Filter filter,
            Found last,
            int limit) {
        List<Found> found = new ArrayList<>();
        if (last.cost() <= Spelling.SAME) {
            found.addAll(ofTerms(handle, meant, filter, last, Spelling.SAME, limit));
        }
        if (found.size() < limit && last.cost() <= Spelling.BEGINNING) {
            Found after =
                    last.cost() < Spelling.BEGINNING ? Found.before(Spelling.BEGINNING) : last;
            found.addAll(ofBeginning(handle, begun, filter, after, limit));
        }
        if (found.size() < limit) {
            Found after = last.cost() < Spelling.ONE_TYPO ? Found.before(Spelling.ONE_TYPO) : last;
            found.addAll(ofTerms(handle, meant, filter, after, Integer.MAX_VALUE, limit));
        }
        return found.subList(0, Math.min(found.size(), limit));
    }

    private static List<Found> ofTerms(
            Handle handle,
            Meant meant,
            SearchRequest.Filter filter,
            Found after,
            int mostCost,
            int limit) {
        String begun = meant.begun().isEmpty() ? null : meant.begun().getFirst().word();
        return handle.createQuery(OF_TERMS.formatted(limit))
                .bindMethods(filter)
                .bindArray("terms", String.class, meant.words())
                .bindArray("costs", Integer.class, meant.costs())
                .bindArray("cheaper", Integer.class, meant.cheaper())
                .bind("begun", begun)
                .bind("afterCost", after.cost())
                .bind("afterCustomer", after.customer())
                .bind("mostCost", mostCost)
                .map((row, context) -> Found.read(row))
                .list();
    }

    private static List<Found> ofBeginning(
            Handle handle, String begun, SearchRequest.Filter filter, Found after, int limit) {
        return handle.createQuery(OF_BEGINNING.formatted(limit))
                .bindMethods(filter)
                .bind("begun", begun)
                .bind("afterPlace", after.place())
                .bind("afterCustomer", after.customer())
                .map((row, context) -> Found.read(row))
                .list();
    }
}
