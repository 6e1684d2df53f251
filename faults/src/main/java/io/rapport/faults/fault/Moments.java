package io.rapport.faults.fault;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.topic.Groups;
import io.rapport.faults.topic.Logged;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.ServiceProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** SIGKILL of a service at one exact moment, to which locks in its database hold it. */
final class Moments {
    private static final String BEFORE_REMOVAL = "kill-before-removal";
    private static final String BEFORE_NEXT_POLL = "kill-before-next-poll";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String REMOVALS =
            "FROM pg_locks WHERE relation = 'relay_offset'::regclass AND NOT granted";

    // Of each service the consumer whose effect must not come twice, and how many read what the
    // load makes. A directory could be kept twice unseen, where there is no other consumer.
    private record Reading(String consumer, int consumers) {}

    private static final Map<ServiceName, Reading> READINGS =
            Map.of(
                    ServiceName.LOYALTY, new Reading("earning", 3),
                    ServiceName.CUSTOMER, new Reading("context", 2),
                    ServiceName.INTERACTION, new Reading("directory", 2),
                    ServiceName.FEEDBACK, new Reading("directory", 2));

    private static final String MOVES =
            """
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE relation = 'consumer_position'::regclass AND NOT granted AND query LIKE '%SET next_offset%'""";

    private Moments() {}

    static List<Fault> faults() {
        return Stream.concat(
                        Fault.ofEachService(
                                BEFORE_REMOVAL,
                                "SIGKILL after the broker's commit of a batch, before its removal"
                                        + " from the outbox",
                                Moments::beforeRemoval,
                                ServiceName.values()),
                        Fault.ofEachService(
                                BEFORE_NEXT_POLL,
                                "SIGKILL after the commit of what a consumer applied, before the"
                                        + " broker hears of it",
                                Moments::beforeNextPoll,
                                ServiceName.LOYALTY,
                                ServiceName.CUSTOMER))
                .toList();
    }

    /**
     * Whoever removes events from the outbox keeps the offsets reached in the same statement. While
     * these are locked it waits there, with the broker's commit behind it.
     */
    private static String beforeRemoval(Scene scene, ServiceName service) throws SQLException {
        ServiceProcess process = scene.stack().service(service);
        try (Connection lock = scene.stack().postgres().connectAsSuperuser(service.database());
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE relay_offset IN SHARE MODE");
            await(scene, service, REMOVALS, 1);
            scene.kill(process);
            // Else the server would do what the dead one has asked of it.
            statement.execute("SELECT pg_terminate_backend(pid, 5000) " + REMOVALS);
            int sent = sentAndNotRemoved(scene, statement);
            lock.rollback();
            if (sent == 0) {
                throw new CannotGoOn(
                        "No event of " + service.label() + " was sent and not removed.");
            }
            scene.toll().met(BEFORE_REMOVAL + " of " + service.label());
            return "%s, %d events sent and not removed".formatted(service.label(), sent);
        } finally {
            scene.startAgain(process);
        }
    }

    private static int sentAndNotRemoved(Scene scene, Statement statement) throws SQLException {
        Set<String> waiting = new HashSet<>();
        try (ResultSet ids = statement.executeQuery("SELECT id FROM outbox")) {
            while (ids.next()) {
                waiting.add(ids.getString(1));
            }
        }
        waiting.retainAll(scene.reader().read().stream().map(Logged::id).toList());
        return waiting.size();
    }

    /**
     * Whoever applies records moves the position first. While positions are locked it waits there,
     * with what it has fetched; then nothing gets to the broker any more, and it goes on until its
     * commit.
     */
    private static String beforeNextPoll(Scene scene, ServiceName service) throws SQLException {
        Reading reading = Objects.requireNonNull(READINGS.get(service));
        ServiceProcess process = scene.stack().service(service);
        try (Connection lock = scene.stack().postgres().connectAsSuperuser(service.database());
                Statement statement = lock.createStatement();
                Groups groups = new Groups(scene.stack().ports().bootstrapServers())) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE consumer_position IN SHARE MODE");
            await(scene, service, MOVES, reading.consumers());
            List<Position> before = scene.tables().positions(service);
            scene.wires().broker().silence();
            lock.rollback();
            scene.await(
                    "Its commit",
                    PATIENCE,
                    () ->
                            moved(before, scene.tables().positions(service)).stream()
                                    .anyMatch(one -> isOf(reading.consumer(), one)));
            scene.kill(process);
            List<Position> moved = moved(before, scene.tables().positions(service));
            for (Position position : moved) {
                if (groups.committed(service, name(position), position.partition())
                        >= position.next()) {
                    throw new CannotGoOn("The broker has heard of " + position);
                }
            }
            scene.toll().met(BEFORE_NEXT_POLL + " of " + service.label());
            return "%s, %d positions moved and not told, of %s among them"
                    .formatted(service.label(), moved.size(), reading.consumer());
        } finally {
            scene.wires().pass();
            scene.startAgain(process);
        }
    }

    /** Whichever generation of it is read just now. */
    private static boolean isOf(String consumer, Position position) {
        return name(position).matches(consumer + "(-[0-9]+)?");
    }

    private static String name(Position position) {
        return position.consumer().split(" ")[0];
    }

    private static void await(Scene scene, ServiceName service, String waiting, int count) {
        scene.await(
                count + " statements of " + service.label() + " that wait for our lock",
                PATIENCE,
                () -> scene.tables().number(service, "SELECT count(*) " + waiting) >= count);
    }

    private static List<Position> moved(List<Position> before, List<Position> after) {
        return after.stream().filter(position -> !before.contains(position)).toList();
    }
}
