package io.rapport.faults.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.audit.Fact;
import io.rapport.faults.audit.RowsAndEvents;
import io.rapport.faults.topic.Logged;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.ServiceProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A database that goes back to a backup taken under load, while its log has moved on: told, listed,
 * and gone on from by the command of an admin, as docs/operations/restore.md says. And a projection
 * alone that goes back, which catches up by itself.
 */
final class Restoring {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<ServiceName, String> PATHS =
            Map.of(
                    ServiceName.CUSTOMER, "/relationships/lost-events",
                    ServiceName.INTERACTION, "/interactions/lost-events",
                    ServiceName.LOYALTY, "/loyalty/lost-events",
                    ServiceName.FEEDBACK, "/feedback/lost-events");

    private final Scene scene;
    private final ServiceName service;
    private final String path;

    private Restoring(Scene scene, ServiceName service) {
        this.scene = scene;
        this.service = service;
        this.path = Objects.requireNonNull(PATHS.get(service));
    }

    static List<Fault> faults() {
        return Stream.concat(
                        Arrays.stream(ServiceName.values()).map(Restoring::restoring),
                        Stream.of(
                                new Fault(
                                        "restore-context",
                                        "the context and its positions set back to a copy taken under load",
                                        Restoring::restoreContext)))
                .toList();
    }

    private static Fault restoring(ServiceName service) {
        return new Fault(
                "restore-" + service.label(),
                "the database of " + service.label() + " set back to a backup taken under load",
                scene -> new Restoring(scene, service).restore());
    }

    private static String restoreContext(Scene scene) throws SQLException {
        ServiceProcess process = scene.stack().service(ServiceName.CUSTOMER);
        ContextCopy copy = ContextCopy.take(scene.stack().postgres());
        scene.pause(scene.seconds(2, 8));
        process.stop();
        copy.putBack();
        scene.positions().forget();
        scene.startAgain(process);
        return "%d rows set back".formatted(copy.rows());
    }

    private String restore() throws SQLException {
        ServiceProcess process = scene.stack().service(service);
        DatabaseCopy copy = DatabaseCopy.take(scene.stack().postgres(), service);
        // Whatever chance brings, something is written to each log and lost.
        scene.load().bystander();
        scene.pause(scene.seconds(2, 8));
        scene.load().stop();
        // What has not left the outbox is in no log, and nobody could list it.
        await("sends what waits", () -> waiting() == 0);
        process.stop();
        copy.putBack();
        scene.positions().forget();
        scene.startAgain(process);
        await("says database-older-than-log", this::olderThanLog);
        await("knows its customers again", this::knowsCustomers);
        Set<String> lost = listed();
        scene.lose(lost);
        forget(lost);
        scene.load().start();
        await("writes on", () -> waiting() > 0);
        scene.pause(scene.seconds(1, 4));
        JsonNode accepted = scene.caller().command("POST", service, path + "/accept", "");
        await("sends again", () -> !olderThanLog());
        return "%d events lost, accepted as %s".formatted(lost.size(), accepted);
    }

    /** What was acknowledged and is gone must be told of; from here on it is not expected. */
    private void forget(Set<String> lost) {
        List<Logged> events =
                scene.reader().read().stream().filter(event -> lost.contains(event.id())).toList();
        Set<String> told = new HashSet<>();
        events.forEach(event -> told.add(event.customer()));
        events.forEach(event -> RowsAndEvents.row(event).ifPresent(row -> told.add(row.key())));
        for (Fact fact : scene.load().recall(service)) {
            if (!told.contains(fact.id())) {
                throw new CannotGoOn(
                        fact + " was acknowledged, is gone, and is not listed as lost.");
            }
        }
        if (service == ServiceName.CUSTOMER) {
            scene.load().registerAgain(told);
        }
    }

    private Set<String> listed() {
        Set<String> ids = new HashSet<>();
        scene.caller()
                .pages(
                        service,
                        path + "?limit=100",
                        item -> {
                            if (!item.has("acceptedAt")) {
                                ids.add(item.path("id").asText());
                            }
                        });
        return ids;
    }

    /** Its directory went back, too, and reads on by itself. */
    private boolean knowsCustomers() {
        return service == ServiceName.CUSTOMER
                || scene.tables().number(service, "SELECT count(*) FROM directory_customer")
                        >= scene.load().customers().size();
    }

    private long waiting() {
        return scene.tables().number(service, "SELECT count(*) FROM outbox");
    }

    private boolean olderThanLog() {
        return scene.relayState(service).equals("DATABASE_OLDER_THAN_LOG");
    }

    private void await(String what, BooleanSupplier seen) {
        scene.await("That " + service.label() + " " + what, PATIENCE, seen);
    }
}
