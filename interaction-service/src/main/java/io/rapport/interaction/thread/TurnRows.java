package io.rapport.interaction.thread;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Which interaction is in which thread: the table {@code thread_interaction}. */
@ApplicationScoped
class TurnRows {

    private static final String COLUMNS =
            " i.customer_id AS customer, i.id, i.occurred_at, i.direction, i.outcome, m.thread_id AS thread, m.joined_at ";

    private static final String BY_ID =
            "SELECT"
                    + COLUMNS
                    + """
                    FROM interaction i
                    LEFT JOIN thread_interaction m ON m.customer_id = i.customer_id AND m.interaction_id = i.id
                    WHERE i.id = ANY(:ids) ORDER BY i.occurred_at, i.id""";

    // Of the turns of a matter the newest: as many rows as it has notes at its end, and one more.
    private static final String NEWEST =
            "SELECT"
                    + COLUMNS
                    + """
                    FROM thread_interaction m
                    JOIN interaction i ON i.customer_id = m.customer_id AND i.id = m.interaction_id
                    WHERE m.thread_id = ANY(:threads) AND m.customer_id = ANY(:customers)
                      AND (i.direction <> 'INTERNAL' OR i.outcome = 'SOLVED')
                    ORDER BY m.occurred_at DESC, m.interaction_id DESC LIMIT 1""";

    private static final String COUNT =
            "SELECT count(*) FROM thread_interaction WHERE thread_id = ANY(:threads)";

    private static final String HELD =
            "SELECT interaction_id FROM thread_interaction WHERE thread_id = ANY(:threads) AND customer_id = ANY(:customers)";

    // It may be there in a thread of somebody who is not one with its customer any more.
    private static final String INSERT =
            """
            INSERT INTO thread_interaction (customer_id, interaction_id, thread_id, occurred_at, joined_at)
            VALUES (:customer, :id, :thread, :occurredAt, :joinedAt)
            ON CONFLICT ON CONSTRAINT thread_interaction_is_in_one_thread DO UPDATE SET thread_id = excluded.thread_id""";

    private static final String MOVE =
            """
            UPDATE thread_interaction m SET thread_id = moved.thread_id
            FROM unnest(:customers, :ids, :threads) AS moved (customer_id, interaction_id, thread_id)
            WHERE m.customer_id = moved.customer_id AND m.interaction_id = moved.interaction_id""";

    private final Jdbi jdbi;

    TurnRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The oldest first; those that nobody recorded are missing. */
    List<Turn> find(Collection<UUID> interactions) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bindArray("ids", UUID.class, interactions)
                                .map(ConstructorMapper.of(Turn.class))
                                .list());
    }

    /** Whose turn it was last, in all threads of the matter that count for its customers. */
    Optional<Turn> newest(Matter matter) {
        return newest(matter.threads(), matter.customers());
    }

    Optional<Turn> newest(List<UUID> threads, List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(NEWEST)
                                .bindArray("threads", UUID.class, threads)
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(Turn.class))
                                .findOne());
    }

    /** How many interactions are in these threads, whoever their customers are. */
    long count(List<UUID> threads) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(COUNT)
                                .bindArray("threads", UUID.class, threads)
                                .mapTo(long.class)
                                .one());
    }

    /** The interactions of the matter that its customers' timeline shows. */
    List<UUID> of(Matter matter) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HELD)
                                .bindArray("threads", UUID.class, matter.threads())
                                .bindArray("customers", UUID.class, matter.customers())
                                .mapTo(UUID.class)
                                .list());
    }

    void insert(Turn turn, UUID thread, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(INSERT)
                                .bind("customer", turn.customer())
                                .bind("id", turn.id())
                                .bind("thread", thread)
                                .bind("occurredAt", turn.occurredAt())
                                .bind("joinedAt", now)
                                .execute());
    }

    /** Puts each where it says that it is. */
    void move(Collection<Turn> turns) {
        jdbi.useHandle(
                handle ->
                        Columns.of(turns)
                                .add("customers", UUID.class, Turn::customer)
                                .add("ids", UUID.class, Turn::id)
                                .add("threads", UUID.class, Turn::thread)
                                .bindTo(handle.createUpdate(MOVE))
                                .execute());
    }
}
