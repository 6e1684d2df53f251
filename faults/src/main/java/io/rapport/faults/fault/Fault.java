package io.rapport.faults.fault;

import io.rapport.local.stack.ServiceName;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is done to the suite under load, for a bounded time, and undone before it ends.
 * Every one can be called by its name.
 */
public record Fault(String name, String summary, Unnamed unnamed, Act act) {
    /** Which calls without names do it. */
    public enum Unnamed {
        EVERY,
        ONLY_ONCE,
        ONLY_ROUNDS
    }

    /**
     * Does it and undoes it, and answers in a few words what was seen. Says {@link NotHere} before
     * anything is done where it cannot be.
     */
    @FunctionalInterface
    public interface Act {
        String on(Scene scene) throws SQLException;
    }

    /** The same, to one of the services. */
    @FunctionalInterface
    interface ActOnService {
        String on(Scene scene, ServiceName service) throws SQLException;
    }

    Fault(String name, String summary, Act act) {
        this(name, summary, Unnamed.EVERY, act);
    }

    /** To any one of these services where each fault comes once, and to every service in rounds. */
    static Stream<Fault> ofEachService(
            String name, String summary, ActOnService act, ServiceName... any) {
        return Stream.concat(
                Stream.of(
                        new Fault(
                                name,
                                summary + "; a service by chance",
                                Unnamed.ONLY_ONCE,
                                scene -> act.on(scene, scene.anyOf(any)))),
                Arrays.stream(ServiceName.values())
                        .map(
                                service ->
                                        new Fault(
                                                name + "-" + service.label(),
                                                summary + "; " + service.label(),
                                                Unnamed.ONLY_ROUNDS,
                                                scene -> act.on(scene, service))));
    }

    /** Whether a call without names does it: one that does each once, or one of many rounds. */
    public boolean in(boolean once) {
        return unnamed == Unnamed.EVERY || (unnamed == Unnamed.ONLY_ONCE) == once;
    }

    /** All that there are, in the order in which they are done once. */
    public static List<Fault> all() {
        return Stream.of(
                        Killing.faults(),
                        Brokers.faults(),
                        Databases.faults(),
                        Disks.faults(),
                        List.of(Poison.FAULT),
                        Moments.faults(),
                        Replicas.faults(),
                        Restoring.faults(),
                        Replaying.faults())
                .flatMap(List::stream)
                .toList();
    }
}
