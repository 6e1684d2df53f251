package io.rapport.interaction.timeline;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ProjectionTable;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Folds of each customer's profile the language, by which words are found in other forms. */
@ApplicationScoped
class LanguageProjection implements Projection {

    /** The part of a profile snapshot that is kept. */
    record Profile(@Nullable String language) {}

    // A snapshot may come after the erasure that its topic's tombstone tells of.
    private static final String FOLD =
            """
            WITH told AS (SELECT * FROM unnest(:customers, :languages) AS t (customer_id, language)),
            gone AS (
                DELETE FROM customer_language_by_generation AS l
                WHERE l.generation = :generation
                  AND l.customer_id = ANY(ARRAY(SELECT told.customer_id FROM told WHERE told.language IS NULL)))
            INSERT INTO customer_language_by_generation (generation, customer_id, language)
            SELECT :generation, customer_id, language FROM told
            WHERE language IS NOT NULL
              AND (SELECT s.erased FROM customer_sequence AS s WHERE s.customer_id = told.customer_id) IS NOT TRUE
            ON CONFLICT (generation, customer_id) DO UPDATE SET language = excluded.language""";

    private final Jdbi jdbi;

    LanguageProjection(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public String name() {
        return "language";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILES);
    }

    @Override
    public List<ProjectionTable> tables() {
        return List.of(new ProjectionTable("customer_language_by_generation"));
    }

    @Override
    public void fold(int generation, List<ReceivedEvent> events) {
        SortedMap<UUID, ReceivedEvent> newest = new TreeMap<>(Ids.BY_VALUE);
        events.forEach(event -> newest.put(event.customer(), event));
        jdbi.useHandle(
                handle ->
                        Columns.of(newest.entrySet())
                                .add("customers", UUID.class, Map.Entry::getKey)
                                .add("languages", String.class, one -> language(one.getValue()))
                                .bindTo(handle.createUpdate(FOLD))
                                .bind("generation", generation)
                                .execute());
    }

    private static @Nullable String language(ReceivedEvent snapshot) {
        return snapshot.tombstone() ? null : snapshot.data(Profile.class).language();
    }
}
