package io.rapport.bench.backlog;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** How many interactions one generation of the context has counted. */
final class ContextRows implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String COUNTED =
            "SELECT coalesce(sum(count), 0) FROM context_interaction_by_generation WHERE generation = ?";

    private final Connection connection;

    ContextRows(Stack stack) throws SQLException {
        this.connection = stack.postgres().connectAsSuperuser(ServiceName.CUSTOMER.database());
    }

    /** Events that were applied in a time, from the first that was seen applied to the last. */
    record Applied(long events, Duration took) {
        double perSecond() {
            return events * 1e9 / Math.max(1, took.toNanos());
        }
    }

    /** Returns when the generation has counted so many. */
    Applied await(int generation, long events) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long first = counted(generation);
        while (first == 0) {
            pause(deadline);
            first = counted(generation);
        }
        long begun = System.nanoTime();
        while (counted(generation) < events) {
            pause(deadline);
        }
        return new Applied(events - first, Duration.ofNanos(System.nanoTime() - begun));
    }

    private long counted(int generation) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNTED)) {
            count.setInt(1, generation);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void pause(long deadline) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new CannotGoOn(
                    "The events were not applied within " + PATIENCE.toMinutes() + " minutes.");
        }
        Thread.sleep(LOOK);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
