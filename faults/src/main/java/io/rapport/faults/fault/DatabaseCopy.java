package io.rapport.faults.fault;

import io.rapport.local.stack.PostgresServer;
import io.rapport.local.stack.ServiceName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A service's whole database as it was at one moment, beside the one in use. */
record DatabaseCopy(PostgresServer postgres, ServiceName service) {

    /** Ends the sessions of that database for a moment: only a quiet one can be copied. */
    static DatabaseCopy take(PostgresServer postgres, ServiceName service) throws SQLException {
        String database = service.database();
        DatabaseCopy copy = new DatabaseCopy(postgres, service);
        copy.run(
                "DROP DATABASE IF EXISTS " + copy.name(),
                "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        try {
            copy.run(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
                            + database
                            + "'",
                    "CREATE DATABASE %s TEMPLATE %s OWNER %s"
                            .formatted(copy.name(), database, service.ownerRole()));
        } finally {
            copy.run("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
        }
        return copy;
    }

    /** Puts it in the place of the one in use, whose service must not run. */
    void putBack() throws SQLException {
        run(
                "DROP DATABASE " + service.database() + " WITH (FORCE)",
                "ALTER DATABASE %s RENAME TO %s".formatted(name(), service.database()));
    }

    private String name() {
        return service.database() + "_backup";
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = postgres.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
