package io.rapport.local.stack;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One database for each service with two roles: the owner, who migrates, and the application, which
 * may read and write rows of whatever the owner makes and has no right to change tables. Made once;
 * a second call changes nothing.
 */
final class Databases {
    private final PostgresServer server;
    private final LocalSecrets secrets;

    Databases(PostgresServer server, LocalSecrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    void create() {
        try {
            for (ServiceName service : ServiceName.values()) {
                create(service);
            }
        } catch (SQLException e) {
            throw CannotGoOn.because("Cannot make the databases", e);
        }
    }

    private void create(ServiceName service) throws SQLException {
        String owner = service.ownerRole();
        String application = service.applicationRole();
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            createRole(statement, owner);
            createRole(statement, application);
            if (!exists(
                    statement,
                    "SELECT 1 FROM pg_database WHERE datname = '" + service.database() + "'")) {
                statement.execute(
                        "CREATE DATABASE %s OWNER %s".formatted(service.database(), owner));
            }
            statement.execute(
                    "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(service.database()));
            statement.execute(
                    "GRANT CONNECT ON DATABASE %s TO %s"
                            .formatted(service.database(), application));
        }
        try (Connection connection = server.connectAsSuperuser(service.database());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SCHEMA public OWNER TO " + owner);
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            statement.execute("GRANT USAGE ON SCHEMA public TO " + application);
            String defaults =
                    "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " IN SCHEMA public GRANT ";
            statement.execute(
                    defaults + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + application);
            statement.execute(defaults + "USAGE, SELECT ON SEQUENCES TO " + application);
        }
    }

    private void createRole(Statement statement, String role) throws SQLException {
        if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            statement.execute(
                    "CREATE ROLE %s LOGIN PASSWORD '%s'"
                            .formatted(role, secrets.databasePassword(role)));
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    /** Writes the logins for {@code psql} (PGPASSFILE). */
    void writePasswordFile(LocalFolder folder, LocalPorts ports) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ServiceName service : ServiceName.values()) {
            for (String role : new String[] {service.ownerRole(), service.applicationRole()}) {
                lines.append(
                        "*:%d:%s:%s:%s\n"
                                .formatted(
                                        ports.postgres(),
                                        service.database(),
                                        role,
                                        secrets.databasePassword(role)));
            }
        }
        LocalSecrets.write(folder.keys().resolve("pgpass"), lines.toString());
    }
}
