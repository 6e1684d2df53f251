package io.rapport.platform.timer;

import io.rapport.platform.Columns;
import io.rapport.platform.timer.TimerLoop.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Sets and cancels timers in the caller's transaction. The same kind, subject and time is one
 * timer.
 */
@ApplicationScoped
public class Timers {

    private static final String SET = "INSERT INTO timer VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String CANCEL = "DELETE FROM timer WHERE kind = ? AND subject = ?";

    // Where one is due already by then, nothing is set; it will set the next one.
    private static final String SET_EARLIEST =
            """
            WITH needed AS (SELECT * FROM unnest(:subjects, CAST(:dues AS timestamptz[])) AS n (subject, due)),
            later AS (
                DELETE FROM timer t USING needed n
                WHERE t.kind = :kind AND t.subject = n.subject AND t.due > n.due)
            INSERT INTO timer (kind, subject, due)
            SELECT :kind, n.subject, n.due FROM needed n
            WHERE NOT EXISTS (SELECT FROM timer t
                              WHERE t.kind = :kind AND t.subject = n.subject AND t.due <= n.due)
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Timers(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Sets a timer; setting it again changes nothing. */
    @Transactional(TxType.MANDATORY)
    public void set(String kind, UUID subject, Instant due) {
        jdbi.useHandle(h -> h.execute(SET, kind, subject, due));
    }

    /**
     * Cancels all timers of the kind for the subject. One that is being fired at this moment is
     * waited for.
     */
    @Transactional(TxType.MANDATORY)
    public void cancel(String kind, UUID subject) {
        jdbi.useHandle(h -> h.execute(CANCEL, kind, subject));
    }

    /**
     * Sees to it that each subject has a timer at this time or earlier, and none later: for actions
     * that set the next one themselves.
     */
    @Transactional(TxType.MANDATORY)
    public void setEarliest(String kind, Map<UUID, Instant> dues) {
        if (!dues.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            Columns.of(dues.entrySet())
                                    .add("subjects", UUID.class, Map.Entry::getKey)
                                    .add("dues", String.class, due -> due.getValue().toString())
                                    .bindTo(handle.createUpdate(SET_EARLIEST))
                                    .bind("kind", kind)
                                    .execute());
        }
    }

    /**
     * Claims more timers of a kind that are due, for an action that does many at once. Those that
     * others are firing are left to them, and one that has failed is fired by itself.
     */
    @Transactional(TxType.MANDATORY)
    public List<UUID> claimMore(String kind, int most) {
        return claim(jdbi, List.of(kind), clock.instant(), Instant.EPOCH, most).stream()
                .map(Due::subject)
                .toList();
    }

    /** Of those that have failed only such as were to be left alone until {@code again}. */
    static List<Due> claim(
            Jdbi jdbi, Collection<String> kinds, Instant now, Instant again, int most) {
        String claim =
                """
                WITH next AS MATERIALIZED ( -- so that it is looked up once, however it is joined
                    SELECT kind, subject, due FROM timer
                    WHERE due <= :now AND kind = ANY(:kinds) AND (not_before IS NULL OR not_before <= :again)
                    ORDER BY due LIMIT %d FOR UPDATE SKIP LOCKED)
                DELETE FROM timer t USING next n WHERE t.kind = n.kind AND t.subject = n.subject AND t.due = n.due
                RETURNING t.kind, t.subject, t.due"""
                        .formatted(most);
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(claim)
                                .bind("now", now)
                                .bindArray("kinds", String.class, kinds)
                                .bind("again", again)
                                .map(ConstructorMapper.of(Due.class))
                                .list());
    }
}
