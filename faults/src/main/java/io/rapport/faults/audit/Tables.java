package io.rapport.faults.audit;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.topic.Contents.Partition;
import io.rapport.faults.topic.Logged;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.PostgresServer;
import io.rapport.local.stack.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what lies in the databases of the services, past the services. Its connections stay open
 * until the server ends them. For one thread.
 */
public final class Tables {
    /** What one row becomes. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final int VALID_SECONDS = 2;

    private final PostgresServer postgres;
    private final Map<ServiceName, Connection> connections = new EnumMap<>(ServiceName.class);

    public Tables(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** All rows of a query, in the database of one service. */
    public <T> List<T> rows(ServiceName service, String query, RowReader<T> reader) {
        List<T> rows = new ArrayList<>();
        try (Statement statement = connection(service).createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        } catch (SQLException e) {
            throw CannotGoOn.because("Cannot read the database of " + service.label(), e);
        }
        return rows;
    }

    private Connection connection(ServiceName service) throws SQLException {
        Connection kept = connections.get(service);
        if (kept != null && kept.isValid(VALID_SECONDS)) {
            return kept;
        }
        Connection fresh = postgres.connectAsSuperuser(service.database());
        connections.put(service, fresh);
        return fresh;
    }

    /** All rows of a query by their first column, which is text. */
    <T> Map<String, T> byKey(ServiceName service, String query, RowReader<T> reader) {
        Map<String, T> map = new TreeMap<>();
        rows(service, query, row -> Map.entry(row.getString(1), reader.read(row)))
                .forEach(row -> map.put(row.getKey(), row.getValue()));
        return map;
    }

    /** A query of two columns of text. */
    Map<String, String> byKey(ServiceName service, String query) {
        return byKey(service, query, row -> row.getString(2));
    }

    /** A query of one number. */
    public long number(ServiceName service, String query) {
        return rows(service, query, row -> row.getLong(1)).getFirst();
    }

    /** Where the consumers of all services stand. */
    public List<Position> positions() {
        return Arrays.stream(ServiceName.values())
                .flatMap(service -> positions(service).stream())
                .toList();
    }

    /** Where the consumers of one service stand. */
    public List<Position> positions(ServiceName service) {
        return rows(
                service,
                "SELECT consumer, topic, partition, next_offset FROM consumer_position",
                row ->
                        new Position(
                                row.getString(1) + " in " + service.label(),
                                new Partition(row.getString(2), row.getInt(3)),
                                row.getLong(4)));
    }

    /** Events that wait for the relay, as they will lie in their topic. */
    List<Logged> waiting(ServiceName service) {
        return rows(
                service,
                "SELECT position, topic, id, type, customer_id, sequence, version, payload FROM outbox",
                row -> {
                    Map<String, String> headers = new HashMap<>();
                    headers.put("ce_id", row.getString("id"));
                    headers.put("ce_type", row.getString("type"));
                    headers.put("ce_subject", row.getString("customer_id"));
                    headers.put("ce_customersequence", Long.toString(row.getLong("sequence")));
                    headers.put("ce_version", Long.toString(row.getLong("version")));
                    return new Logged(
                            new Logged.Place(row.getString("topic"), -1, row.getLong("position")),
                            row.getString("customer_id"),
                            headers,
                            row.getString("payload"));
                });
    }
}
