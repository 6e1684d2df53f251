package io.rapport.faults.fault;

import io.rapport.local.stack.PostgresServer;
import io.rapport.local.stack.ServiceName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of the projection "context" and its place in the topics, as they were once. */
record ContextCopy(PostgresServer postgres, long rows) {
    private static final String OF_CONTEXT =
            " WHERE consumer = (SELECT live_consumer FROM projection WHERE name = 'context')";
    private static final Map<String, String> TABLES = tables();

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("context_interaction_by_generation", "");
        tables.put("context_amount_by_generation", "");
        tables.put("context_contact_by_generation", "");
        tables.put("context_loyalty_by_generation", "");
        tables.put("context_feedback_by_generation", "");
        tables.put("consumer_position", OF_CONTEXT);
        tables.put("consumer_progress", OF_CONTEXT);
        tables.put("early_event", OF_CONTEXT);
        tables.put("parked_event", OF_CONTEXT);
        return tables;
    }

    static ContextCopy take(PostgresServer postgres) throws SQLException {
        try (Connection connection = begin(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("DROP SCHEMA IF EXISTS older CASCADE");
            statement.execute("CREATE SCHEMA older");
            long rows = 0;
            for (var table : TABLES.entrySet()) {
                rows +=
                        statement.executeLargeUpdate(
                                "CREATE TABLE older.%1$s AS SELECT * FROM %1$s%2$s"
                                        .formatted(table.getKey(), table.getValue()));
            }
            connection.commit();
            return new ContextCopy(postgres, rows);
        }
    }

    /** While customer-service does not run. */
    void putBack() throws SQLException {
        try (Connection connection = begin(postgres);
                Statement statement = connection.createStatement()) {
            for (var table : TABLES.entrySet()) {
                statement.execute("DELETE FROM " + table.getKey() + table.getValue());
                statement.execute(
                        "INSERT INTO %1$s SELECT * FROM older.%1$s".formatted(table.getKey()));
            }
            statement.execute("DROP SCHEMA older CASCADE");
            connection.commit();
        }
    }

    private static Connection begin(PostgresServer postgres) throws SQLException {
        Connection connection = postgres.connectAsSuperuser(ServiceName.CUSTOMER.database());
        connection.setAutoCommit(false);
        return connection;
    }
}
