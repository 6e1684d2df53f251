package io.rapport.faults.audit;

import io.rapport.faults.topic.Logged;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.PostgresServer;
import io.rapport.local.stack.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what lies in the databases of the services, past the services. */
public final class Tables {
    /** What one row becomes. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final PostgresServer postgres;

    public Tables(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** All rows of a query, in the database of one service. */
    public <T> List<T> rows(ServiceName service, String query, RowReader<T> reader) {
        List<T> rows = new ArrayList<>();
        try (Connection connection = postgres.connectAsSuperuser(service.database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        } catch (SQLException e) {
            throw CannotGoOn.because("Cannot read the database of " + service.label(), e);
        }
        return rows;
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
