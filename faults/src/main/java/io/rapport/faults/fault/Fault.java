package io.rapport.faults.fault;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is done to the suite under load, for a bounded time, and undone before it ends.
 */
public record Fault(String name, String summary, Act act) {
    /**
     * Does it and undoes it, and answers in a few words what was seen. Says {@link NotHere} before
     * anything is done where it cannot be.
     */
    @FunctionalInterface
    public interface Act {
        String on(Scene scene) throws SQLException;
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
