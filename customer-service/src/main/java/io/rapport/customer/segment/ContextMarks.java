package io.rapport.customer.segment;

import io.rapport.customer.context.ContextChanged;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.Relation;
import io.rapport.customer.profile.WrittenCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import io.rapport.customer.segment.Mark.Told;
import io.rapport.platform.Columns;
import io.rapport.platform.event.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code segment_mark}: customers whose context was folded further since they were
 * decided, or to whom others are related otherwise. A fold only leaves marks, and only that of the
 * generation that is read: a replay changes no member and publishes nothing. A write of one
 * customer only leaves marks of others, whose rows it does not hold.
 */
@ApplicationScoped
class ContextMarks {

    private static final String AGAIN =
            """
            INSERT INTO segment_mark (customer_id, caused_by, correlation_id, hops, traceparent)
            SELECT m.* FROM unnest(:customers, :events, :correlations, :hops, :traces) AS m
            """;
    private static final String MARK =
            AGAIN
                    + """
                    WHERE :generation = (SELECT live FROM projection WHERE name = 'context')
                    AND EXISTS (SELECT FROM segment WHERE reads_context)
                    """;
    private static final String RELATED =
            """
            INSERT INTO segment_mark (customer_id)
            SELECT r.id FROM unnest(:related) AS r (id) WHERE EXISTS (SELECT FROM segment WHERE reads_context)
            """;
    private static final String TAKE =
            """
            WITH next AS MATERIALIZED (
                SELECT id FROM segment_mark WHERE not_before IS NULL OR not_before <= :now
                ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
            DELETE FROM segment_mark m USING next WHERE m.id = next.id
            RETURNING m.id, m.customer_id, m.caused_by, m.correlation_id, m.hops, m.traceparent
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
        List<Mark> marks =
                changed.last().stream()
                        .map(one -> new Mark(0, one.customer(), new Told(one.id(), one.cause())))
                        .toList();
        jdbi.useHandle(
                handle ->
                        bind(marks, handle.createUpdate(MARK))
                                .bind("generation", changed.generation())
                                .execute());
    }

    void written(@Observes WrittenCustomers written) {
        List<UUID> related =
                written.each().stream().flatMap(ContextMarks::differing).distinct().toList();
        if (!related.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(RELATED)
                                    .bindArray("related", UUID.class, related)
                                    .execute());
        }
    }

    /** To whom the customer is related from now on, or no more. */
    private static Stream<UUID> differing(Written written) {
        Customer before = written.before();
        List<Relation> had = before == null ? List.of() : before.relations();
        List<Relation> has = written.after().relations();
        return Stream.concat(
                        had.stream().filter(relation -> !has.contains(relation)),
                        has.stream().filter(relation -> !had.contains(relation)))
                .map(Relation::customer);
    }

    /** Leaves marks that were taken, for another transaction. */
    @Transactional(TxType.MANDATORY)
    void again(Collection<Mark> marks) {
        jdbi.useHandle(handle -> bind(marks, handle.createUpdate(AGAIN)).execute());
    }

    private static Update bind(Collection<Mark> marks, Update statement) {
        return Columns.of(marks)
                .add("customers", UUID.class, Mark::customer)
                .add("events", UUID.class, mark -> of(mark, Told::event))
                .add(
                        "correlations",
                        String.class,
                        mark -> of(mark, told -> told.cause().correlationId()))
                .add("hops", Long.class, mark -> of(mark, told -> (long) told.cause().hops()))
                .add("traces", String.class, mark -> of(mark, told -> told.cause().traceparent()))
                .bindTo(statement);
    }

    private static <T> @Nullable T of(Mark mark, Function<Told, @Nullable T> part) {
        return mark.told() == null ? null : part.apply(mark.told());
    }

    /** Takes marks away that no other transaction is taking, and that need not wait. */
    @Transactional(TxType.MANDATORY)
    List<Mark> take(int limit, Instant now) {
        return jdbi.withHandle(
                handle ->
                        handle
                                .createQuery(TAKE)
                                .bind("limit", limit)
                                .bind("now", now)
                                .map((row, context) -> mark(row))
                                .list()
                                .stream()
                                .sorted(Comparator.comparingLong(Mark::id))
                                .toList());
    }

    private static Mark mark(ResultSet row) throws SQLException {
        UUID event = row.getObject(3, UUID.class);
        return new Mark(
                row.getLong(1),
                row.getObject(2, UUID.class),
                event == null
                        ? null
                        : new Told(
                                event,
                                new Cause(
                                        row.getString(4), null, row.getInt(5), row.getString(6))));
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
