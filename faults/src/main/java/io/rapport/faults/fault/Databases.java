package io.rapport.faults.fault;

import io.rapport.faults.wire.Wire;
import io.rapport.local.stack.PostgresServer;
import io.rapport.local.stack.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL killed, restarted in order, frozen, without a connection to give, far away, and behind
 * a network that swallows what is sent to it. Once it is back, every service must soon work again.
 */
final class Databases {
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
                        "PostgreSQL has no connection to give for seconds, and ends those that there are",
                        Databases::exhaust),
                new Fault(
                        "slow-postgresql",
                        "what goes to PostgreSQL and comes from it arrives 50 to 200 ms later",
                        Databases::slow),
                new Fault(
                        "black-hole-postgresql",
                        "nothing arrives between services and PostgreSQL for seconds; connections"
                                + " stay open",
                        Databases::blackHole));
    }

    private static String kill(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Recovery recovery = Recovery.of(scene);
        Duration away = scene.seconds(1, 10);
        scene.kill(postgres);
        scene.pause(away);
        scene.startAgain(postgres);
        return "away for " + away.toSeconds() + " s, " + recovery.measure();
    }

    private static String restart(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Recovery recovery = Recovery.of(scene);
        postgres.stop();
        scene.startAgain(postgres);
        return "restarted, " + recovery.measure();
    }

    private static String freeze(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Recovery recovery = Recovery.of(scene);
        Duration still = scene.seconds(4, 20);
        try {
            scene.freeze(postgres);
            scene.pause(still);
        } finally {
            scene.thaw(postgres);
        }
        return "still for " + still.toSeconds() + " s, " + recovery.measure();
    }

    /** What a service is told is the same, whoever has the connections. */
    private static String exhaust(Scene scene) throws SQLException {
        Recovery recovery = Recovery.of(scene);
        Duration time = scene.seconds(4, 15);
        long ended;
        try (Connection connection = scene.stack().postgres().connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            try {
                limitConnections(statement, 0);
                ended = endSessionsOfServices(statement);
                scene.pause(time);
            } finally {
                limitConnections(statement, -1);
            }
        }
        return "%d sessions ended, none given for %d s, %s"
                .formatted(ended, time.toSeconds(), recovery.measure());
    }

    private static void limitConnections(Statement statement, int most) throws SQLException {
        for (ServiceName service : ServiceName.values()) {
            statement.execute(
                    "ALTER DATABASE %s CONNECTION LIMIT %d".formatted(service.database(), most));
        }
    }

    private static long endSessionsOfServices(Statement statement) throws SQLException {
        try (ResultSet ended =
                statement.executeQuery(
                        """
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE backend_type = 'client backend' AND usename <> current_user""")) {
            ended.next();
            return ended.getLong(1);
        }
    }

    private static String slow(Scene scene) {
        Wire wire = scene.wires().database();
        Duration delay = scene.seconds(0.05, 0.2);
        Duration time = scene.seconds(5, 20);
        try {
            wire.delay(delay);
            scene.pause(time);
        } finally {
            wire.pass();
        }
        return "%d ms each way for %d s".formatted(delay.toMillis(), time.toSeconds());
    }

    private static String blackHole(Scene scene) {
        Wire wire = scene.wires().database();
        Recovery recovery = Recovery.of(scene);
        Duration time = scene.seconds(5, 45);
        try {
            wire.silence();
            scene.pause(time);
        } finally {
            wire.pass();
        }
        return "unreachable for " + time.toSeconds() + " s, " + recovery.measure();
    }
}
