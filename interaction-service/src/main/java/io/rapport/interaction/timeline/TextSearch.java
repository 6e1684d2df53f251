package io.rapport.interaction.timeline;

import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Finds the interactions in whose subject or text something was said, by an index over the words of
 * all and by the forms that these have in the languages of the customers. Reads what is found and
 * nothing of other customers.
 */
@ApplicationScoped
class TextSearch {

    private static final int MOST = 5_000;

    // The customers are words of the index, too: what is common to all is looked for among theirs
    // alone. Words that say nothing in a language, such as its articles, ask for nothing in it.
    private static final String FIND =
            """
            WITH said AS MATERIALIZED (
                SELECT CAST(string_agg('(' || CAST(asked.query AS text) || ')', ' | ') AS tsquery) AS query
                FROM (SELECT DISTINCT websearch_to_tsquery(search_configuration(spoken.language), :words) AS query
                      FROM (SELECT language FROM customer_language WHERE customer_id = ANY(:customers)
                            UNION ALL SELECT NULL) AS spoken) AS asked
                WHERE numnode(asked.query) > 0),
            theirs AS MATERIALIZED (
                SELECT CAST(string_agg(quote_literal('#' || CAST(customer AS text)), ' | ') AS tsquery) && said.query AS query
                FROM unnest(:customers) AS customer CROSS JOIN said GROUP BY said.query)
            SELECT t.interaction_id FROM interaction_text AS t
            WHERE interaction_words(t.customer_id, t.language, t.subject, t.text) @@ (SELECT query FROM theirs)
              AND (t.subject IS NOT NULL OR t.text IS NOT NULL)
            LIMIT :most""";

    private final Jdbi jdbi;

    TextSearch(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** None when nothing is looked for; refused when it was said too often. */
    @Nullable List<UUID> find(List<UUID> customers, @Nullable String words) {
        if (words == null) {
            return null;
        }
        List<UUID> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(FIND)
                                        .bindArray("customers", UUID.class, customers)
                                        .bind("words", words)
                                        .bind("most", MOST + 1)
                                        .mapTo(UUID.class)
                                        .list());
        if (found.size() > MOST) {
            throw Refusal.unprocessable(
                    "too-much-found",
                    "This was said in more than 5,000 interactions. Look for more words.");
        }
        return found;
    }
}
