package io.rapport.platform.timer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Sets and cancels timers in the caller's transaction. The same kind, subject and time is one
 * timer.
 */
@ApplicationScoped
public class Timers {

    private final Jdbi jdbi;

    Timers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Sets a timer; setting it again changes nothing. */
    @Transactional(TxType.MANDATORY)
    public void set(String kind, UUID subject, Instant due) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "INSERT INTO timer VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                kind,
                                subject,
                                due));
    }

    /**
     * Cancels all timers of the kind for the subject. One that is being fired at this moment is
     * waited for.
     */
    @Transactional(TxType.MANDATORY)
    public void cancel(String kind, UUID subject) {
        jdbi.useHandle(
                h -> h.execute("DELETE FROM timer WHERE kind = ? AND subject = ?", kind, subject));
    }
}
