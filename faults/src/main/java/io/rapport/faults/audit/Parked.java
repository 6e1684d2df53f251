package io.rapport.faults.audit;

import io.rapport.faults.topic.Logged;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A7: what is parked are exactly the poison events that were sent, for exactly their cause. */
public final class Parked {
    /** A record that a consumer of a service has put aside for good. */
    public record ParkedEvent(String consumer, Logged.Place place, String cause) {}

    private Parked() {}

    public static List<Finding> audit(
            Collection<ParkedEvent> expected, Collection<ParkedEvent> held) {
        Findings findings = new Findings("A7");
        Set<ParkedEvent> left = new HashSet<>(held);
        for (ParkedEvent event : expected) {
            if (!left.remove(event)) {
                findings.add(
                        "%s did not park %s as %s", event.consumer(), event.place(), event.cause());
            }
        }
        for (ParkedEvent event : left) {
            findings.add("%s parked %s as %s", event.consumer(), event.place(), event.cause());
        }
        return findings.all();
    }
}
