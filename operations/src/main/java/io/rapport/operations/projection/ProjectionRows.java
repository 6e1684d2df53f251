package io.rapport.operations.projection;

import io.rapport.platform.event.Generations.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Changes which generations are folded and which one is read. Each change hangs on one statement on
 * the projection's row, so that it takes effect once, whoever else asks for it; all replicas follow
 * the row.
 */
@ApplicationScoped
class ProjectionRows {

    private static final String BEGIN =
            """
            UPDATE projection SET beside = newest + 1, newest = newest + 1
            WHERE name = ? AND beside IS NULL""";

    private static final String SWITCH =
            "UPDATE projection SET live = beside, beside = live WHERE name = ? AND beside = ?";

    private static final String DROP =
            "UPDATE projection SET beside = NULL, dropped = dropped || beside WHERE name = ? AND beside = ?";

    private static final String REMOVED =
            "UPDATE projection SET dropped = array_remove(dropped, ?) WHERE name = ?";

    // In the order in which folds move them.
    private static final String LOCK_POSITIONS =
            """
            SELECT partition FROM consumer_position WHERE consumer = ?
            ORDER BY topic, partition FOR UPDATE""";

    private static final String FORGET = "DELETE FROM consumer_position WHERE consumer = ?";

    private final Jdbi jdbi;

    ProjectionRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Begins to fold another generation from the beginning of its topics; false: one is there. */
    boolean begin(Standing standing) {
        return jdbi.withHandle(handle -> handle.execute(BEGIN, standing.name())) == 1;
    }

    /**
     * Reads the generation beside in place of the live one, which goes on being folded beside it;
     * false: that generation is not beside, or {@code caughtUp} says no. While that is asked the
     * live one stands still, so that what was read already is there afterwards.
     */
    boolean switchTo(Standing standing, int generation, BooleanSupplier caughtUp) {
        return jdbi.inTransaction(
                handle -> {
                    lockPositions(handle, standing.consumer(standing.live()));
                    return caughtUp.getAsBoolean()
                            && handle.execute(SWITCH, standing.name(), generation) == 1;
                });
    }

    /**
     * Folds the generation beside no longer; false: that generation is not beside. Its positions go
     * with it, so that no fold that is still running can commit.
     */
    boolean drop(Standing standing, int generation) {
        return jdbi.inTransaction(
                handle -> {
                    String consumer = standing.consumer(generation);
                    lockPositions(handle, consumer);
                    boolean dropped = handle.execute(DROP, standing.name(), generation) == 1;
                    if (dropped) {
                        handle.execute(FORGET, consumer);
                    }
                    return dropped;
                });
    }

    /** Nothing is left of a generation that was dropped. */
    void removed(Standing standing, int generation) {
        jdbi.useHandle(handle -> handle.execute(REMOVED, generation, standing.name()));
    }

    private static void lockPositions(Handle handle, String consumer) {
        handle.select(LOCK_POSITIONS, consumer).mapTo(Integer.class).list();
    }
}
