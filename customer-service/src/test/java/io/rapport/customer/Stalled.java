package io.rapport.customer;

import static org.awaitility.Awaitility.await;

import io.rapport.platform.testing.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets a work stand still in the middle of a step, in the very update of its row that meets a
 * condition, until the test releases it or ends its session. So a test acts while the work runs,
 * however fast it is.
 */
public final class Stalled implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final String BLOCKED_BY_ME =
            " FROM pg_stat_activity b WHERE ? = ANY(pg_blocking_pids(b.pid))";

    private final Databases database = Databases.asOwner();
    private final int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    private final Connection holder;
    private final int mine;

    private Stalled(String table, String condition) throws SQLException {
        holder = database.connect();
        mine = (int) held("SELECT pg_backend_pid()");
        held("SELECT 1 FROM pg_advisory_lock(" + number + ")");
        database.execute(
                """
                CREATE FUNCTION test_stalls_%1$d() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_advisory_xact_lock(%1$d); RETURN NEW; END $$\
                """
                        .formatted(number));
        database.execute(
                """
                CREATE TRIGGER test_stalls_%1$d BEFORE UPDATE ON %2$s FOR EACH ROW
                WHEN (%3$s) EXECUTE FUNCTION test_stalls_%1$d()\
                """
                        .formatted(number, table, condition));
    }

    /** From now on: {@code condition} is on {@code NEW}, the row as the step would have it. */
    public static Stalled where(String table, String condition) throws SQLException {
        return new Stalled(table, condition);
    }

    /** Waits until the work stands still. */
    public void awaitStill() {
        await().atMost(LIMIT)
                .pollInterval(LOOK)
                .until(() -> database.number("SELECT count(*)" + BLOCKED_BY_ME, mine) > 0);
    }

    /** Waits until somebody waits for the work that stands still. */
    public void awaitAnother() {
        await().atMost(LIMIT)
                .pollInterval(LOOK)
                .until(
                        () ->
                                database.number(
                                                """
                                                SELECT count(*) FROM pg_stat_activity a
                                                WHERE EXISTS (SELECT b.pid\
                                                """
                                                        + BLOCKED_BY_ME
                                                        + " AND b.pid = ANY(pg_blocking_pids(a.pid)))",
                                                mine)
                                        > 0);
    }

    /** Ends the session of the work that stands still, as a kill of its process would. */
    public void kill() throws SQLException {
        Databases.asApplication()
                .number("SELECT count(pg_terminate_backend(b.pid))" + BLOCKED_BY_ME, mine);
    }

    /** Lets the work go on, now and later. */
    public void release() throws SQLException {
        held("SELECT 1 FROM pg_advisory_unlock(" + number + ")");
    }

    @Override
    public void close() throws SQLException {
        holder.close();
        database.execute("DROP FUNCTION test_stalls_%d() CASCADE".formatted(number));
    }

    private long held(String sql) throws SQLException {
        try (PreparedStatement statement = holder.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
