package io.rapport.platform.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Direct SQL beside the service under test, on connections of its own, so that a test sees what is
 * committed and can hold locks. Parameters are positional.
 */
public final class Databases {

    private final String url;
    private final String role;

    Databases(String url, String role) {
        this.url = url;
        this.role = role;
    }

    /** As the owner of the tables, who may do everything. */
    public static Databases asOwner() {
        return new Databases(Suite.current().jdbcUrl(), Suite.current().owner());
    }

    /** With the rights that the service itself has. */
    public static Databases asApplication() {
        return new Databases(Suite.current().jdbcUrl(), Suite.current().application());
    }

    /** A new connection, for transactions that the test steps through. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, role, Suite.PASSWORD);
    }

    /** Runs one statement in its own transaction and answers the number of rows it changed. */
    public int execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
            return Math.max(statement.getUpdateCount(), 0);
        }
    }

    /** All rows, each a map from column to value; an SQL NULL is an absent column. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    /** The one number that a query such as {@code SELECT count(*)} answers. */
    public long number(String sql, Object... parameters) throws SQLException {
        Object only = rows(sql, parameters).getFirst().values().iterator().next();
        return ((Number) only).longValue();
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            String label = result.getMetaData().getColumnLabel(column);
            Optional.ofNullable(result.getObject(column)).ifPresent(value -> row.put(label, value));
        }
        return row;
    }

    private static PreparedStatement prepare(
            Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        return statement;
    }
}
