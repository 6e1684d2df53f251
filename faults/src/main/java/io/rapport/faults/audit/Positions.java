package io.rapport.faults.audit;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.topic.Contents.Partition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A6, however often it is looked: no consumer ever goes back to a position that it has left. For
 * one thread.
 */
public final class Positions {
    private record Reading(String consumer, Partition partition) {}

    private final Map<Reading, Long> reached = new HashMap<>();
    private final Findings findings = new Findings("A6");

    public void see(List<Position> now) {
        for (Position position : now) {
            Reading reading = new Reading(position.consumer(), position.partition());
            Long before = reached.put(reading, position.next());
            if (before != null && before > position.next()) {
                findings.add(
                        "%s went back from %d to %d of %s-%d",
                        position.consumer(),
                        before,
                        position.next(),
                        position.partition().topic(),
                        position.partition().number());
            }
        }
    }

    /** After a restore consumers rightly stand where they stood before. */
    public void forget() {
        reached.clear();
    }

    public List<Finding> findings() {
        return findings.all();
    }
}
