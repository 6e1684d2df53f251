package io.rapport.bench.load;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * Keeps a service from draining its outbox by holding the relay's lease, as another replica would;
 * the service itself runs as shipped. Given back, the lease is taken within a few seconds, and the
 * outbox drains.
 */
public final class RelayHold implements AutoCloseable {
    private static final String TAKE =
            "UPDATE relay_lease SET holder = ?, epoch = epoch + 1, until = 'infinity'";
    private static final String GIVE_BACK = "UPDATE relay_lease SET until = '-infinity'";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Connection connection;

    public RelayHold(Stack stack, ServiceName service) throws SQLException {
        this.connection = stack.postgres().connectAsSuperuser(service.database());
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setObject(1, UUID.randomUUID());
            take.executeUpdate();
        }
    }

    /** What was drained, from the first event that left the outbox to the last. */
    public record Drain(long events, Duration took) {
        public double perSecond() {
            return events * 1e9 / Math.max(1, took.toNanos());
        }
    }

    /** Events that wait now. */
    public long waiting() throws SQLException {
        return number("SELECT count(*) FROM outbox");
    }

    /** Gives the lease back and returns when the outbox is empty. */
    public Drain release() throws SQLException, InterruptedException {
        long before = waiting();
        try (Statement statement = connection.createStatement()) {
            statement.execute(GIVE_BACK);
        }
        long first = oldest();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long begun = System.nanoTime();
        for (long oldest = first; oldest == first; oldest = oldest()) {
            begun = System.nanoTime();
            pause(deadline);
        }
        while (oldest() != 0) {
            pause(deadline);
        }
        return new Drain(before, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Position of the event that has waited longest; 0 when none waits. */
    private long oldest() throws SQLException {
        return number("SELECT coalesce(min(position), 0) FROM outbox");
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void pause(long deadline) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new CannotGoOn(
                    "The outbox was not drained within " + PATIENCE.toMinutes() + " minutes.");
        }
        Thread.sleep(20);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
