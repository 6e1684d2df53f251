package io.rapport.faults.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.topic.Logged;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A3: every business row has its event, published or still in the outbox, exactly one, and no event
 * tells of a row that is not there but those that were lost in a restore.
 */
public final class RowsAndEvents {
    /** A business row or the subject of an event: the event's type, and the row's own key. */
    public record Row(String type, String key) {
        @Override
        public String toString() {
            return type + " of " + key;
        }
    }

    /** The names under which events give the parts of the key of their row. */
    private static final Map<String, List<String>> KEYS =
            Map.ofEntries(
                    Map.entry("interaction.recorded.v1", List.of("interaction")),
                    Map.entry("interaction.corrected.v1", List.of("interaction", "version")),
                    Map.entry("interaction.promise-made.v1", List.of("promise")),
                    Map.entry("interaction.promise-kept.v1", List.of("promise")),
                    Map.entry("interaction.promise-broken.v1", List.of("promise")),
                    Map.entry("interaction.promise-withdrawn.v1", List.of("promise")),
                    Map.entry("interaction.fact-told.v1", List.of("fact", "version")),
                    Map.entry("interaction.fact-forgotten.v1", List.of("fact")),
                    Map.entry("interaction.context-repeated.v1", List.of("interaction", "key")),
                    Map.entry("feedback.received.v1", List.of("feedback")),
                    Map.entry("loyalty.points-earned.v1", List.of("entry")),
                    Map.entry("loyalty.points-reversed.v1", List.of("entry")));

    private RowsAndEvents() {}

    /**
     * {@code events} are those that the suite wrote, repeated ones too, and those that wait; {@code
     * lost} are ids.
     */
    public static List<Finding> audit(
            Collection<Row> rows, Collection<Logged> events, Set<String> lost) {
        Findings findings = new Findings("A3");
        Map<String, Set<String>> ids = new TreeMap<>();
        for (Logged event : events) {
            row(event)
                    .ifPresent(
                            row ->
                                    ids.computeIfAbsent(row.toString(), key -> new TreeSet<>())
                                            .add(event.id()));
        }
        Set<String> seen = new HashSet<>();
        for (Row row : rows) {
            String key = row.toString();
            if (!seen.add(key)) {
                findings.add("%s is there twice", key);
            }
            Set<String> told = ids.remove(key);
            if (told == null) {
                findings.add("%s was never told", key);
            } else if (told.size() > 1) {
                findings.add("%s was told by several events: %s", key, told);
            }
        }
        ids.values().forEach(told -> told.removeAll(lost));
        ids.values().removeIf(Set::isEmpty);
        ids.forEach((key, told) -> findings.add("event %s tells of no row: %s", told, key));
        return findings.all();
    }

    /** What an event tells of; empty where no row stands behind it. */
    public static Optional<Row> row(Logged event) {
        List<String> named = KEYS.get(event.type());
        if (named != null) {
            JsonNode payload = event.payload();
            String key =
                    named.stream()
                            .map(part -> payload.path(part).asText())
                            .collect(Collectors.joining("/"));
            return Optional.of(new Row(event.type(), key));
        }
        return event.type().startsWith("customer.")
                ? Optional.of(new Row(event.type(), event.customer() + "/" + event.sequence()))
                : Optional.empty();
    }
}
