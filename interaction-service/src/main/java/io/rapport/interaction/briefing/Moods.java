package io.rapport.interaction.briefing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.interaction.Emotion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Finds how customers felt last: one row of each member, by an index of those with emotions. */
@ApplicationScoped
class Moods {

    private static final TypeReference<TreeMap<Emotion, Integer>> EMOTIONS =
            new TypeReference<>() {};

    static final String LAST =
            """
            SELECT last.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL (
                SELECT i.id, i.occurred_at, i.emotions FROM interaction AS i
                WHERE i.customer_id = member.id AND i.emotions IS NOT NULL
                ORDER BY i.occurred_at DESC, i.id DESC LIMIT 1) AS last
            ORDER BY last.occurred_at DESC, last.id DESC LIMIT 1""";

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Moods(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** Empty where no interaction of theirs tells of emotions. */
    Optional<Mood> last(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LAST)
                                .bindArray("customers", UUID.class, customers)
                                .map(
                                        (row, context) ->
                                                new Mood(
                                                        row.getObject("id", UUID.class),
                                                        row.getObject(
                                                                        "occurred_at",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        read(row.getString("emotions"))))
                                .findOne());
    }

    private SortedMap<Emotion, Integer> read(String text) {
        try {
            return json.readValue(text, EMOTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an interaction's emotions are no JSON", e);
        }
    }
}
