package io.rapport.platform.timer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Counts how often each timer fires; fails for a subject whose count the database refuses. */
@ApplicationScoped
class CountingAction implements TimerAction {

    static final String KIND = "count";

    private final Jdbi jdbi;

    CountingAction(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO test_timer_effect AS e VALUES (:subject, :due, 1)
                                        ON CONFLICT (subject, due) DO UPDATE SET fired = e.fired + 1""")
                                .bind("subject", subject)
                                .bind("due", due)
                                .execute());
    }
}
