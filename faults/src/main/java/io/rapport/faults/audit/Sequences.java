package io.rapport.faults.audit;

import io.rapport.faults.topic.Contents.Partition;
import io.rapport.faults.topic.Logged;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A4: of each customer the log of a service holds 1, 2, 3, … in one partition, once repeated ids
 * are dropped; and it ends where the service's own counter stands.
 */
public final class Sequences {
    private record Stream(String topic, String customer) {}

    private final Findings findings = new Findings("A4");
    private final Map<String, Logged> byId = new HashMap<>();
    private final Map<Stream, Long> last = new HashMap<>();
    private final Map<Stream, Partition> partitions = new HashMap<>();

    private Sequences() {}

    /** {@code counters} are the last number given, by topic and customer. */
    public static List<Finding> audit(
            Collection<Logged> numberedByTheSuite, Map<String, Map<String, Long>> counters) {
        Sequences audit = new Sequences();
        numberedByTheSuite.forEach(audit::take);
        counters.forEach(
                (topic, of) ->
                        of.forEach(
                                (customer, count) ->
                                        audit.findings.expect(
                                                "end of customer " + customer + " in " + topic,
                                                count,
                                                audit.reached(new Stream(topic, customer)))));
        audit.last.forEach(
                (stream, reached) -> {
                    if (!counters.getOrDefault(stream.topic(), Map.of())
                            .containsKey(stream.customer())) {
                        audit.findings.add(
                                "%s holds customer %s, whom its service has not numbered",
                                stream.topic(), stream.customer());
                    }
                });
        return audit.findings.all();
    }

    private void take(Logged event) {
        Logged known = byId.putIfAbsent(event.id(), event);
        if (known != null) {
            if (!sameContent(known, event)) {
                findings.add(
                        "event %s is another at %s than at %s",
                        event.id(), event.place(), known.place());
            }
            return;
        }
        Stream stream = new Stream(event.place().topic(), event.customer());
        Partition partition = new Partition(event.place().topic(), event.place().partition());
        Partition first = partitions.putIfAbsent(stream, partition);
        if (first != null && !first.equals(partition)) {
            findings.add("customer %s is in %s and in %s", event.customer(), first, partition);
        }
        long expected = reached(stream) + 1;
        if (event.sequence() != expected) {
            findings.add(
                    "customer %s has number %d at %s where %d comes",
                    event.customer(), event.sequence(), event.place(), expected);
        }
        last.put(stream, Math.max(event.sequence(), reached(stream)));
    }

    private long reached(Stream stream) {
        return last.getOrDefault(stream, 0L);
    }

    private static boolean sameContent(Logged one, Logged other) {
        return one.headers().equals(other.headers())
                && Objects.equals(one.value(), other.value())
                && Objects.equals(one.key(), other.key());
    }
}
