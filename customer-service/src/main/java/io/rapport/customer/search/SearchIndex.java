package io.rapport.customer.search;

import io.rapport.customer.profile.WrittenCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/**
 * The tables {@code search_term} and {@code search_word}, written with each version of a customer.
 * A write that changes no term asks the database for nothing.
 */
@ApplicationScoped
class SearchIndex {

    static final int PRIORITY = 100;

    // One lock a word, of 1,024, so that a transaction that writes many customers holds a bounded
    // number. They are taken in one order: shared for words that come, alone for words that go.
    private static final String LOCK =
            """
            SELECT CASE WHEN going THEN pg_advisory_xact_lock(:space, slot)
                ELSE pg_advisory_xact_lock_shared(:space, slot) END
            FROM (SELECT hashtext(word) & 1023 AS slot, bool_or(going) AS going
                  FROM (SELECT unnest(:going) AS word, true AS going
                        UNION ALL SELECT unnest(:coming), false) words
                  GROUP BY 1 ORDER BY 1) slots
            """;

    /** Keeps these locks apart from others with two numbers. */
    private static final int SPACE = 0x736561;

    // Terms that come are not there: those who write a customer hold its row, and read before what
    // it has. Nor is each of them looked for, which is half of what it costs to insert one.
    private static final String ADD =
            """
            WITH known AS (
                INSERT INTO search_word (word, shape)
                SELECT word, shape FROM unnest(:words, :shapes) AS w (word, shape) ON CONFLICT DO NOTHING)
            INSERT INTO search_term (customer_id, term) SELECT * FROM unnest(:customers, :terms)
            """;
    private static final String REMOVE =
            """
            DELETE FROM search_term t USING unnest(:customers, :terms) AS g (customer_id, term)
            WHERE t.customer_id = g.customer_id AND t.term = g.term
            """;
    // A statement of its own, so that it sees what others had committed when the locks were got.
    private static final String FORGET =
            """
            DELETE FROM search_word w WHERE w.word = ANY(:words)
            AND NOT EXISTS (SELECT FROM search_term t WHERE t.term = w.word)
            """;

    private static final String KEPT =
            "SELECT customer_id, term FROM search_term WHERE customer_id = ANY(:customers)";

    private final Jdbi jdbi;

    SearchIndex(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A term of a customer that comes or goes. */
    private record Term(UUID customer, String term) {}

    /** A customer whose terms are others than before, if it was there. */
    private record Differing(
            UUID customer, boolean isNew, SortedSet<String> before, SortedSet<String> after) {
        static Differing of(Written written) {
            return new Differing(
                    written.after().id(),
                    written.before() == null,
                    SearchTerms.of(written.before()),
                    SearchTerms.of(written.after()));
        }

        private boolean differs() {
            return !before.equals(after);
        }
    }

    void written(@Observes @Priority(PRIORITY) WrittenCustomers written) {
        List<Differing> differing =
                written.each().stream().map(Differing::of).filter(Differing::differs).toList();
        if (!differing.isEmpty()) {
            jdbi.useHandle(handle -> replace(handle, differing));
        }
    }

    private static void replace(Handle handle, List<Differing> differing) {
        Map<UUID, Set<String>> kept = kept(handle, differing);
        List<Term> gone = new ArrayList<>();
        List<Term> come = new ArrayList<>();
        for (Differing one : differing) {
            UUID customer = one.customer;
            Set<String> before = kept.getOrDefault(customer, Set.of());
            SortedSet<String> after = one.after;
            without(before, after).forEach(term -> gone.add(new Term(customer, term)));
            without(after, before).forEach(term -> come.add(new Term(customer, term)));
        }
        replace(handle, gone, come);
    }

    /** What stands there, which of customers from before there was a search is folded otherwise. */
    private static Map<UUID, Set<String>> kept(Handle handle, List<Differing> differing) {
        List<UUID> known =
                differing.stream().filter(one -> !one.isNew).map(Differing::customer).toList();
        Map<UUID, Set<String>> kept = new HashMap<>();
        if (!known.isEmpty()) {
            handle.createQuery(KEPT)
                    .bindArray("customers", UUID.class, known)
                    .map((row, context) -> new Term(row.getObject(1, UUID.class), row.getString(2)))
                    .forEach(
                            one ->
                                    kept.computeIfAbsent(one.customer, _ -> new HashSet<>())
                                            .add(one.term));
        }
        return kept;
    }

    private static void replace(Handle handle, List<Term> gone, List<Term> come) {
        List<String> going = words(gone);
        List<String> coming = words(come);
        lock(handle, going, coming);
        if (!gone.isEmpty()) {
            bound(handle.createUpdate(REMOVE), gone).execute();
        }
        if (!come.isEmpty()) {
            bound(handle.createUpdate(ADD), come)
                    .bindArray("words", String.class, coming)
                    .bindArray("shapes", String.class, Spelling.shapes(coming))
                    .execute();
        }
        if (!going.isEmpty()) {
            handle.createUpdate(FORGET).bindArray("words", String.class, going).execute();
        }
    }

    private static Update bound(Update statement, List<Term> terms) {
        return statement
                .bindArray("customers", UUID.class, terms.stream().map(Term::customer).toList())
                .bindArray("terms", String.class, terms.stream().map(Term::term).toList());
    }

    private static void lock(Handle handle, List<String> going, List<String> coming) {
        if (!going.isEmpty() || !coming.isEmpty()) {
            handle.createQuery(LOCK)
                    .bind("space", SPACE)
                    .bindArray("going", String.class, going)
                    .bindArray("coming", String.class, coming)
                    .mapTo(String.class)
                    .list();
        }
    }

    /** Sorted, so that two who add the same words wait for each other and never in a circle. */
    private static List<String> words(List<Term> terms) {
        return terms.stream()
                .map(Term::term)
                .filter(SearchTerms::isWord)
                .distinct()
                .sorted()
                .toList();
    }

    private static SortedSet<String> without(Collection<String> terms, Collection<String> others) {
        SortedSet<String> rest = new TreeSet<>(terms);
        rest.removeAll(others);
        return rest;
    }
}
