package io.rapport.customer.segment;

import io.rapport.platform.Ids;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code segment_build}: segments whose members are being decided anew. */
@ApplicationScoped
class SegmentBuilds {

    /** How far one has come: it is decided about customers with ids after {@code after} next. */
    record Build(UUID id, String segment, State state, UUID after) {}

    /** Where a build stands with those who may decide by what was before. */
    enum State {
        /** Nobody is waited for yet. */
        BEGUN,
        /** They are waited for. */
        FENCED,
        /** They are done. */
        PASSED
    }

    // A number of a transaction that is still to come means that the database was copied from
    // another server, whose transactions nobody waits for any more.
    private static final String HOLD =
            """
            SELECT segment, after_customer,
                CASE WHEN fence IS NULL THEN 'BEGUN'
                    WHEN fence <= pg_snapshot_xmin(pg_current_snapshot())
                        OR fence >= pg_snapshot_xmax(pg_current_snapshot()) THEN 'PASSED'
                    ELSE 'FENCED' END
            FROM segment_build WHERE id = :id FOR UPDATE
            """;

    // Segments that were changed together go on together, so that each customer is read once for
    // all
    // of them. Whoever else is deciding for one of them goes on with it alone.
    private static final String HOLD_BESIDE =
            """
            SELECT id, segment FROM segment_build
            WHERE after_customer = :after AND id <> :id AND fence <= pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY segment FOR UPDATE SKIP LOCKED
            """;

    private final Jdbi jdbi;
    private final Timers timers;
    private final Clock clock;

    SegmentBuilds(Jdbi jdbi, Timers timers, Clock clock) {
        this.jdbi = jdbi;
        this.timers = timers;
        this.clock = clock;
    }

    /** Begins with each of these segments, from the first customer on. */
    @Transactional(TxType.MANDATORY)
    void begin(Collection<String> segments) {
        Instant now = clock.instant();
        for (String segment : segments.stream().sorted().toList()) {
            UUID id = Ids.next();
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(
                                            """
                                            INSERT INTO segment_build (segment, id, started_at) VALUES (:segment, :id, :now)
                                            ON CONFLICT (segment) DO UPDATE SET id = :id, started_at = :now, fence = NULL,
                                                after_customer = DEFAULT, decided = 0
                                            """)
                                    .bind("segment", segment)
                                    .bind("id", id)
                                    .bind("now", now)
                                    .execute());
            timers.set(SegmentBuildTimer.KIND, id, now);
        }
    }

    /** The build, for this transaction alone; empty when the segment was changed again since. */
    @Transactional(TxType.MANDATORY)
    Optional<Build> hold(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HOLD)
                                .bind("id", id)
                                .map(
                                        (row, context) ->
                                                new Build(
                                                        id,
                                                        row.getString(1),
                                                        State.valueOf(row.getString(3)),
                                                        row.getObject(2, UUID.class)))
                                .findOne());
    }

    /** Others that are as far, for this transaction alone. */
    @Transactional(TxType.MANDATORY)
    List<Build> holdBeside(Build build) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HOLD_BESIDE)
                                .bind("after", build.after)
                                .bind("id", build.id)
                                .map(
                                        (row, context) ->
                                                new Build(
                                                        row.getObject(1, UUID.class),
                                                        row.getString(2),
                                                        State.PASSED,
                                                        build.after))
                                .list());
    }

    /** Notes that whoever has begun to write before now must be done before it goes on. */
    @Transactional(TxType.MANDATORY)
    void fence(UUID id) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "UPDATE segment_build SET fence = pg_current_xact_id() WHERE id = ?",
                                id));
    }

    /** Customers with ids after {@code after}, in the order of their ids. */
    List<UUID> customers(UUID after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT id FROM customer WHERE id > :after ORDER BY id LIMIT :limit")
                                .bind("after", after)
                                .bind("limit", limit)
                                .mapTo(UUID.class)
                                .list());
    }

    @Transactional(TxType.MANDATORY)
    void advance(List<UUID> builds, List<UUID> customers) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE segment_build SET after_customer = :last, decided = decided + :count
                                        WHERE id = ANY(:builds)
                                        """)
                                .bind("last", customers.getLast())
                                .bind("count", customers.size())
                                .bindArray("builds", UUID.class, builds)
                                .execute());
    }

    @Transactional(TxType.MANDATORY)
    void end(UUID id) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM segment_build WHERE id = ?", id));
    }
}
