package io.rapport.customer.segment;

import io.rapport.customer.context.ContextChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code segment_mark}: customers whose context was folded further since they were
 * decided. A fold only leaves marks, and only that of the generation that is read: a replay changes
 * no member and publishes nothing.
 */
@ApplicationScoped
class ContextMarks {

    private static final String MARK =
            """
            INSERT INTO segment_mark (customer_id) SELECT unnest(:customers)
            WHERE :generation = (SELECT live FROM projection WHERE name = 'context')
            AND EXISTS (SELECT FROM segment WHERE reads_context)
            """;
    private static final String TAKE =
            """
            WITH next AS MATERIALIZED (
                SELECT id FROM segment_mark WHERE not_before IS NULL OR not_before <= :now
                ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED) AS next
            WHERE m.id = next.id RETURNING m.customer_id
            """;
    private static final String PUT_OFF =
            "UPDATE segment_mark SET not_before = :until WHERE customer_id = ANY(:customers)";
    private static final String ANSWERING =
            """
            SELECT c.id, coalesce(l.survivor_id, c.id)
            FROM customer c LEFT JOIN customer_link l ON l.member_id = c.id WHERE c.id = ANY(:customers)
            """;
    private static final String SWITCH =
            """
            UPDATE segment_epoch SET context_generation = p.live
            FROM projection p WHERE p.name = 'context' AND context_generation <> p.live
            """;

    private final Jdbi jdbi;

    ContextMarks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void changed(@Observes ContextChanged changed) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(MARK)
                                .bindArray("customers", UUID.class, changed.customers())
                                .bind("generation", changed.generation())
                                .execute());
    }

    /** Marks customers again, for another transaction. */
    @Transactional(TxType.MANDATORY)
    void again(Collection<UUID> customers) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        "INSERT INTO segment_mark (customer_id) SELECT unnest(:customers)")
                                .bindArray("customers", UUID.class, customers)
                                .execute());
    }

    /** Takes marks away that no other transaction is taking, and that need not wait. */
    @Transactional(TxType.MANDATORY)
    List<UUID> take(int limit, Instant now) {
        return jdbi.withHandle(
                handle ->
                        handle
                                .createQuery(TAKE)
                                .bind("limit", limit)
                                .bind("now", now)
                                .mapTo(UUID.class)
                                .list()
                                .stream()
                                .distinct()
                                .toList());
    }

    /** Lets the marks of these customers wait until then. */
    void putOff(Collection<UUID> customers, Instant until) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(PUT_OFF)
                                .bindArray("customers", UUID.class, customers)
                                .bind("until", until)
                                .execute());
    }

    /** By which customer each of those that there are answers. */
    Map<UUID, UUID> answering(Collection<UUID> customers) {
        Map<UUID, UUID> answering = new HashMap<>();
        jdbi.useHandle(
                handle ->
                        handle.createQuery(ANSWERING)
                                .bindArray("customers", UUID.class, customers)
                                .map(
                                        (row, context) ->
                                                Map.entry(
                                                        row.getObject(1, UUID.class),
                                                        row.getObject(2, UUID.class)))
                                .forEach(one -> answering.put(one.getKey(), one.getValue())));
        return answering;
    }

    /** Notes which generation is read; whether it is another one than was noted. */
    @Transactional(TxType.MANDATORY)
    boolean isOfAnotherGeneration() {
        return jdbi.withHandle(handle -> handle.createUpdate(SWITCH).execute()) > 0;
    }
}
