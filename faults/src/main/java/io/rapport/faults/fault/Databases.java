package io.rapport.faults.fault;

import io.rapport.local.stack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL killed, restarted in order, frozen, and without a connection to give. */
final class Databases {
    /** More than any server of the stack gives. */
    private static final int MOST_CONNECTIONS = 1000;

    /** The server has given all that it has. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private Databases() {}

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "kill-postgresql",
                        "SIGKILL of PostgreSQL's first process, whose others then end",
                        Databases::kill),
                new Fault(
                        "restart-postgresql",
                        "PostgreSQL restarted in order, which ends all sessions",
                        Databases::restart),
                new Fault(
                        "freeze-postgresql",
                        "all processes of PostgreSQL frozen for seconds",
                        Databases::freeze),
                new Fault(
                        "exhaust-connections",
                        "every connection taken that PostgreSQL gives",
                        Databases::exhaust));
    }

    private static String kill(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Duration away = scene.seconds(1, 10);
        postgres.kill();
        scene.pause(away);
        scene.startAgain(postgres);
        return "away for " + away.toSeconds() + " s";
    }

    private static String restart(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        postgres.stop();
        scene.startAgain(postgres);
        return "restarted";
    }

    private static String freeze(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Duration still = scene.seconds(4, 20);
        try {
            scene.freeze(postgres);
            scene.pause(still);
        } finally {
            scene.thaw(postgres);
        }
        return "still for " + still.toSeconds() + " s";
    }

    private static String exhaust(Scene scene) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        try {
            take(scene.stack().postgres(), taken);
            scene.pause(scene.seconds(4, 15));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        return taken.size() + " connections taken";
    }

    private static void take(PostgresServer postgres, List<Connection> taken) throws SQLException {
        while (taken.size() < MOST_CONNECTIONS) {
            try {
                taken.add(postgres.connectAsSuperuser("postgres"));
            } catch (SQLException e) {
                if (TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                    return;
                }
                throw e;
            }
        }
    }
}
