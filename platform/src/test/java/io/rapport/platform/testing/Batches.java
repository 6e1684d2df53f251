package io.rapport.platform.testing;

import io.rapport.platform.Ids;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Events as the platform may hand them over: one history, many ways. */
public final class Batches {

    private Batches() {}

    /**
     * Cuts each topic into batches of any size (customers in id order, each one's events in
     * sequence order), and lets the topics overtake each other.
     */
    public static List<List<ReceivedEvent>> of(List<ReceivedEvent> history, Random random) {
        Map<Topic, List<ReceivedEvent>> byTopic =
                history.stream()
                        .sorted(Comparator.comparingLong(ReceivedEvent::sequence))
                        .collect(
                                Collectors.groupingBy(
                                        ReceivedEvent::topic, TreeMap::new, Collectors.toList()));
        List<List<List<ReceivedEvent>>> topics = new ArrayList<>();
        byTopic.values().forEach(events -> topics.add(cut(events, random)));
        List<List<ReceivedEvent>> batches = new ArrayList<>();
        while (!topics.isEmpty()) {
            batches.add(topics.get(random.nextInt(topics.size())).removeFirst());
            topics.removeIf(List::isEmpty);
        }
        return batches;
    }

    private static List<List<ReceivedEvent>> cut(List<ReceivedEvent> events, Random random) {
        List<List<ReceivedEvent>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(9));
            batches.add(
                    events.subList(from, to).stream()
                            .sorted(
                                    Comparator.comparing(ReceivedEvent::customer, Ids.BY_VALUE)
                                            .thenComparingLong(ReceivedEvent::sequence))
                            .toList());
            from = to;
        }
        return batches;
    }
}
