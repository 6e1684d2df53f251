package io.rapport.faults.audit;

import io.rapport.faults.topic.Contents.Partition;
import java.util.List;
import java.util.Map;

/**
 * A6: in bounded time nothing waits any more: the outboxes are empty, no event waits for a gap, and
 * every consumer has gone beyond the last record of each partition that it reads.
 */
public final class Lag {
    /** How far a consumer of a service has come in a partition: the offset that comes next. */
    public record Position(String consumer, Partition partition, long next) {}

    private Lag() {}

    /** {@code waiting} is what waits, by where it does. */
    public static List<Finding> audit(
            Map<String, Long> waiting, List<Position> positions, Map<Partition, Long> lastOffsets) {
        Findings findings = new Findings("A6");
        waiting.forEach(
                (where, count) -> {
                    if (count > 0) {
                        findings.add("%d events wait in %s", count, where);
                    }
                });
        for (Position position : positions) {
            Long last = lastOffsets.get(position.partition());
            if (last != null && position.next() <= last) {
                findings.add(
                        "%s is at %d of %s-%d, which ends with %d",
                        position.consumer(),
                        position.next(),
                        position.partition().topic(),
                        position.partition().number(),
                        last);
            }
        }
        lastOffsets
                .keySet()
                .forEach(
                        partition -> {
                            if (positions.stream()
                                    .noneMatch(read -> read.partition().equals(partition))) {
                                findings.add(
                                        "nobody has read %s-%d",
                                        partition.topic(), partition.number());
                            }
                        });
        return findings.all();
    }
}
