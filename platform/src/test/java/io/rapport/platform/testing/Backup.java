package io.rapport.platform.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * All rows of the service's database as they were at one moment, to put them back later, as a
 * restore does. Who holds the relay's lease stays as it is, for the service goes on running.
 */
public final class Backup {

    private static final Set<String> KEPT = Set.of("flyway_schema_history", "relay_lease");
    private static final String DEADLOCK = "40P01";

    private final String schema = "backup_" + UUID.randomUUID().toString().substring(0, 8);

    private Backup() {}

    public static Backup take() throws SQLException {
        Backup backup = new Backup();
        try (Connection connection = begin();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            List<String> tables = tables(statement);
            statement.execute("CREATE SCHEMA " + backup.schema);
            for (String table : tables) {
                statement.execute(
                        "CREATE TABLE %s.%s AS TABLE public.%s"
                                .formatted(backup.schema, table, table));
            }
            connection.commit();
        }
        return backup;
    }

    /** In one transaction: everybody sees the newer rows, or the older ones. */
    public void restore() throws SQLException {
        while (true) {
            try (Connection connection = begin();
                    Statement statement = connection.createStatement()) {
                List<String> tables = tables(statement);
                statement.execute("TRUNCATE " + String.join(", ", tables));
                for (String table : tables) {
                    String columns = columns(statement, table);
                    statement.execute(
                            "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s.%s"
                                    .formatted(table, columns, columns, schema, table));
                }
                connection.commit();
                return;
            } catch (SQLException e) {
                if (!DEADLOCK.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private static Connection begin() throws SQLException {
        Connection connection = Databases.asOwner().connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Those that are not computed from others. */
    private static String columns(Statement statement, String table) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        """
                        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                        WHERE attrelid = 'public.%s'::regclass AND attnum > 0
                          AND NOT attisdropped AND attgenerated = ''"""
                                .formatted(table))) {
            row.next();
            return row.getString(1);
        }
    }

    /** In the order in which they were made, so that what is referred to comes first. */
    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT relname FROM pg_class WHERE relkind = 'r'"
                                + " AND relnamespace = 'public'::regnamespace ORDER BY oid")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        tables.removeAll(KEPT);
        return tables;
    }
}
