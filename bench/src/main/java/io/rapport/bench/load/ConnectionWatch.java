package io.rapport.bench.load;

import io.rapport.bench.measure.Sampler;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The most connections on which each service had a statement or a transaction while this was open,
 * looked at ten times a second.
 */
public final class ConnectionWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final String IN_USE =
            """
            SELECT application_name, count(*) FROM pg_stat_activity
            WHERE state <> 'idle' GROUP BY application_name""";

    private final Map<String, Integer> highest = new ConcurrentHashMap<>();
    private final Connection connection;
    private final Sampler sampler;

    public ConnectionWatch(Stack stack) throws SQLException {
        this.connection = stack.postgres().connectAsSuperuser(ServiceName.CUSTOMER.database());
        this.sampler = new Sampler("connections", EVERY, this::look);
    }

    private void look() {
        try (PreparedStatement inUse = connection.prepareStatement(IN_USE);
                ResultSet rows = inUse.executeQuery()) {
            while (rows.next()) {
                highest.merge(rows.getString(1), rows.getInt(2), Math::max);
            }
        } catch (SQLException e) {
            throw new CannotGoOn("The services' connections cannot be seen: " + e.getMessage(), e);
        }
    }

    /** The most so far. */
    public int highest(ServiceName service) {
        return highest.getOrDefault(service.label(), 0);
    }

    @Override
    public void close() throws SQLException {
        sampler.close();
        connection.close();
    }
}
