package io.rapport.customer.importing;

import io.rapport.platform.http.Problem;
import io.rapport.platform.http.Problems;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Works on imports, a step each time: due at once until nothing is left. So the timer's row, which
 * one replica holds while it fires, lets no second one work on the same import, and whoever is
 * killed lets another go on.
 */
@ApplicationScoped
public class ImportTimer implements TimerAction {

    static final String KIND = "customer-import";

    private static final int UNAVAILABLE = 503;
    private static final String BUSY = "database-busy";

    private final ImportWork work;
    private final ImportConfig config;
    private final Timers timers;
    private final Problems problems;
    private final Clock clock;

    ImportTimer(
            ImportWork work, ImportConfig config, Timers timers, Problems problems, Clock clock) {
        this.work = work;
        this.config = config;
        this.timers = timers;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        if (advance(subject)) {
            timers.set(KIND, subject, clock.instant());
        }
    }

    /**
     * Rows that the database refuses are found by taking in fewer at a time; one alone is refused.
     * So are as many as it cannot take in in time. Customers that are compared are treated alike.
     * Other failures of the surroundings are left to the timer, which tries again.
     */
    private boolean advance(UUID id) {
        int rows = config.rowsPerTransaction();
        while (true) {
            try {
                return work.advance(id, rows);
            } catch (ImportWork.Overtaken e) {
                rows = fewer(rows);
            } catch (RuntimeException e) {
                Problem problem = problems.of(e);
                if (problem.status() == UNAVAILABLE
                        && (rows == 1 || !problem.code().equals(BUSY))) {
                    throw e;
                }
                if (rows == 1) {
                    return refuse(id, problem);
                }
                rows = fewer(rows);
            }
        }
    }

    /** A row that cannot even be refused ends the import: it would come again for ever. */
    private boolean refuse(UUID id, Problem problem) {
        try {
            return work.refuse(id, problem);
        } catch (RuntimeException e) {
            if (problems.of(e).status() == UNAVAILABLE) {
                throw e;
            }
            return work.giveUp(id);
        }
    }

    private static int fewer(int rows) {
        return Math.max(1, rows / 8);
    }
}
