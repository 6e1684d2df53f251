package io.rapport.interaction.fact;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.Repetition;
import io.rapport.interaction.type.FactKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Notes in which interactions customers told something or were asked for it, and whether we knew
 * it: of an interaction and a key once, however often it came up there.
 */
@ApplicationScoped
class Occasions {

    private static final String FIND =
            "SELECT occurred_at, channel, team FROM interaction WHERE customer_id = :customer AND id = :id";

    private static final String NOTE =
            """
            INSERT INTO fact_occasion (customer_id, interaction_id, key, repeated)
            VALUES (:customer, :interaction, :key, :repeated)
            ON CONFLICT ON CONSTRAINT fact_occasion_is_one DO NOTHING""";

    private static final String REPEATED =
            """
            SELECT repeated FROM fact_occasion
            WHERE customer_id = :customer AND interaction_id = :interaction AND key = :key""";

    private final Jdbi jdbi;
    private final RepetitionCounts counts;

    Occasions(Jdbi jdbi, RepetitionCounts counts) {
        this.jdbi = jdbi;
        this.counts = counts;
    }

    /** The interaction of the customer, as it stands now. */
    Occasion of(UUID customer, UUID interaction) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(FIND)
                                .bind("customer", customer)
                                .bind("id", interaction)
                                .map(
                                        (row, context) ->
                                                new Occasion(
                                                        customer,
                                                        interaction,
                                                        row.getObject(
                                                                        "occurred_at",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        row.getString("channel"),
                                                        row.getString("team")))
                                .one());
    }

    /**
     * Notes that it came up under the key, in the caller's transaction. Answers what there is to
     * publish where {@code known} is what the customer had to repeat, and nobody noted it before.
     */
    Optional<InteractionEvent> note(
            Occasion occasion, FactKey key, Repetition how, @Nullable Fact known) {
        boolean first =
                jdbi.withHandle(
                        handle ->
                                handle.createUpdate(NOTE)
                                                .bind("customer", occasion.customer())
                                                .bind("interaction", occasion.interaction())
                                                .bind("key", key.code())
                                                .bind("repeated", known != null)
                                                .execute()
                                        == 1);
        if (!first) {
            return Optional.empty();
        }
        counts.count(occasion, key.code(), known != null);
        if (known == null) {
            return Optional.empty();
        }
        return Optional.of(
                new InteractionEvent.ContextRepeated(
                        occasion.customer(),
                        occasion.interaction(),
                        key.code(),
                        key.kind(),
                        how,
                        known.id(),
                        known.toldAt(),
                        occasion.channel(),
                        occasion.team(),
                        occasion.occurredAt()));
    }

    /** Whether what came up there under the key was repeated. */
    boolean isRepeated(Occasion occasion, String key) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(REPEATED)
                                .bind("customer", occasion.customer())
                                .bind("interaction", occasion.interaction())
                                .bind("key", key)
                                .mapTo(boolean.class)
                                .findOne()
                                .orElse(false));
    }
}
