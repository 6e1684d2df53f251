package io.rapport.bench.load;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An operation of plain JDBC with its prepared statements, on one connection and for one thread.
 */
@FunctionalInterface
public interface JdbcWork {
    void once() throws SQLException;

    /** Prepares the statements on a connection of its own. */
    @FunctionalInterface
    interface Preparation {
        JdbcWork on(Connection connection) throws SQLException;
    }
}
