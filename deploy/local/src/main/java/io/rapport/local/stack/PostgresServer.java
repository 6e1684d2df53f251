package io.rapport.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A PostgreSQL with durable settings, reachable on this machine only and by password only. Its data
 * folder is made at the first start and used again after that.
 */
public final class PostgresServer extends StackPart {
    private static final String SUPERUSER = "postgres";

    private final LocalSecrets secrets;

    PostgresServer(LocalFolder folder, LocalPorts ports, Children children, LocalSecrets secrets) {
        super("postgresql", "INT", folder, ports, children);
        this.secrets = secrets;
    }

    /**
     * A connection as superuser, to look at figures and to break things on purpose. The caller
     * closes it.
     */
    public Connection connectAsSuperuser(String database) throws SQLException {
        return connect(database, SUPERUSER);
    }

    /** A connection as one of a service's two roles. The caller closes it. */
    public Connection connect(String database, String role) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", secrets.databasePassword(role));
        login.setProperty("connectTimeout", "2");
        return DriverManager.getConnection(ports.jdbcUrl(database), login);
    }

    /** What it must not forget: tables and write-ahead log. */
    public Path data() {
        return folder.postgres();
    }

    @Override
    Launch launch() {
        try {
            PostgresPrograms unpacked = PostgresPrograms.unpackedUnder(folder.postgresPrograms());
            if (!Files.exists(folder.postgres().resolve("PG_VERSION"))) {
                initialise(unpacked);
            }
            removeStrangersPid();
            return new Launch(
                    unpacked.command(
                            "postgres",
                            "-D",
                            folder.postgres().toString(),
                            "-p",
                            Integer.toString(ports.postgres()),
                            "-c",
                            "listen_addresses=" + LocalPorts.HOST,
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "max_connections=200",
                            "-c",
                            "max_wal_size=2GB"));
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot prepare PostgreSQL", e);
        }
    }

    @Override
    boolean ready() {
        try (Connection connection = connectAsSuperuser("postgres")) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void initialise(PostgresPrograms unpacked) throws IOException {
        Path password = folder.keys().resolve("superuser-password");
        Path fresh = folder.postgres().resolveSibling("postgresql.new");
        LocalFolder.delete(fresh);
        Files.createDirectory(fresh);
        LocalSecrets.write(password, secrets.databasePassword(SUPERUSER) + "\n");
        List<String> command =
                unpacked.command(
                        "initdb",
                        "--pgdata=" + fresh,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C");
        Process initdb =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.log(name()).toFile()))
                        .start();
        try {
            if (initdb.waitFor() != 0) {
                throw new CannotGoOn(
                        "PostgreSQL could not make its data folder. "
                                + evidence(new ChildProcess(initdb, folder.log(name()))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(fresh, folder.postgres());
    }

    /**
     * After a crash the id in postmaster.pid may belong to another program by now, which would keep
     * the server away.
     */
    private void removeStrangersPid() throws IOException {
        Path file = folder.postgres().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<String> command =
                Files.readAllLines(file).stream()
                        .findFirst()
                        .map(String::strip)
                        .filter(pid -> pid.matches("[0-9]{1,9}"))
                        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                        .flatMap(process -> process.info().command());
        if (command.isPresent() && !command.get().endsWith("/postgres")) {
            Files.delete(file);
        }
    }
}
