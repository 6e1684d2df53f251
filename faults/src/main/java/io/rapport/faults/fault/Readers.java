package io.rapport.faults.fault;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.audit.Tables;
import io.rapport.faults.topic.Contents.Partition;
import io.rapport.faults.topic.Logged;
import io.rapport.faults.topic.SuiteTopic;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks when the consumers of each topic have applied what its service wrote behind a stranger's
 * last record.
 */
final class Readers {
    private static final List<String> DIRECTORIES =
            List.of(
                    "directory in interaction-service",
                    "directory in loyalty-service",
                    "directory in feedback-service");
    private static final String LANGUAGE = "language in interaction-service";
    private static final String CONTEXT = "context in customer-service";
    private static final String EARNING = "earning in loyalty-service";
    private static final String ERASURE = "erasure in customer-service";

    /** Those who open what is written most into a topic. */
    private static final Map<SuiteTopic, List<String>> OPENING =
            Map.of(
                    SuiteTopic.CUSTOMERS, List.of(),
                    SuiteTopic.PROFILES,
                            Stream.concat(DIRECTORIES.stream(), Stream.of(LANGUAGE)).toList(),
                    SuiteTopic.INTERACTIONS, List.of(EARNING, CONTEXT),
                    SuiteTopic.LOYALTY, List.of(CONTEXT),
                    SuiteTopic.FEEDBACK, List.of(CONTEXT));

    /** Those who want to know whose events these are, and open few of them. */
    private static final Map<SuiteTopic, List<String>> OTHERS =
            Map.of(
                    SuiteTopic.CUSTOMERS,
                    Stream.concat(
                                    DIRECTORIES.stream(),
                                    Stream.of(
                                            "erasing in interaction-service",
                                            "erasing in loyalty-service",
                                            "erasing in feedback-service"))
                            .toList(),
                    SuiteTopic.PROFILES,
                    List.of(),
                    SuiteTopic.INTERACTIONS,
                    List.of(ERASURE),
                    SuiteTopic.LOYALTY,
                    List.of(ERASURE),
                    SuiteTopic.FEEDBACK,
                    List.of(ERASURE));

    private static final Map<SuiteTopic, ServiceName> WRITERS =
            Map.of(
                    SuiteTopic.CUSTOMERS, ServiceName.CUSTOMER,
                    SuiteTopic.PROFILES, ServiceName.CUSTOMER,
                    SuiteTopic.INTERACTIONS, ServiceName.INTERACTION,
                    SuiteTopic.LOYALTY, ServiceName.LOYALTY,
                    SuiteTopic.FEEDBACK, ServiceName.FEEDBACK);

    private final Tables tables;
    private final Map<SuiteTopic, Logged.Place> last;
    private final Map<SuiteTopic, Long> behind = new EnumMap<>(SuiteTopic.class);
    private final Map<String, Duration> took = new TreeMap<>();

    /** {@code last} is where the stranger's last record lies in each topic. */
    Readers(Tables tables, Map<SuiteTopic, Logged.Place> last) {
        this.tables = tables;
        this.last = last;
    }

    /** Who reads a topic, as the audits name them. */
    static List<String> of(SuiteTopic topic) {
        return Stream.concat(opening(topic).stream(), consumers(OTHERS, topic).stream()).toList();
    }

    /** Those of them who find out that the content of an event cannot be read. */
    static List<String> opening(SuiteTopic topic) {
        return consumers(OPENING, topic);
    }

    private static List<String> consumers(Map<SuiteTopic, List<String>> of, SuiteTopic topic) {
        return of.getOrDefault(topic, List.of());
    }

    /** Whether every service has by now sent something of its own behind the stranger's. */
    boolean covered() {
        return behind.size() == last.size();
    }

    /** Notes who has applied it after so long; answers whether all have. */
    boolean look(Duration passed) {
        last.forEach(
                (topic, place) -> {
                    long sent = sent(topic, place);
                    if (sent > place.offset()) {
                        behind.putIfAbsent(topic, sent);
                    }
                });
        List<Position> positions = tables.positions();
        behind.forEach(
                (topic, end) -> {
                    for (String consumer : of(topic)) {
                        if (reached(positions, consumer, topic) >= end) {
                            took.putIfAbsent(told(consumer, topic), passed);
                        }
                    }
                });
        return took.size() == last.keySet().stream().mapToInt(topic -> of(topic).size()).sum();
    }

    private long sent(SuiteTopic topic, Logged.Place place) {
        return tables.number(
                Objects.requireNonNull(WRITERS.get(topic)),
                """
                SELECT coalesce(max(next_offset), 0) FROM relay_offset
                WHERE topic = '%s' AND partition = %d"""
                        .formatted(place.topic(), place.partition()));
    }

    /** How far the consumer has come, whichever generation of it is read just now. */
    private long reached(List<Position> positions, String consumer, SuiteTopic topic) {
        Logged.Place place = Objects.requireNonNull(last.get(topic));
        Partition partition = new Partition(place.topic(), place.partition());
        return positions.stream()
                .filter(position -> position.partition().equals(partition))
                .filter(
                        position ->
                                position.consumer().replaceFirst("-[0-9]+ ", " ").equals(consumer))
                .mapToLong(Position::next)
                .max()
                .orElse(0);
    }

    /** Those who have not applied it have taken at least so long. */
    void giveUp(Duration passed) {
        last.keySet()
                .forEach(
                        topic ->
                                of(topic)
                                        .forEach(
                                                consumer ->
                                                        took.putIfAbsent(
                                                                told(consumer, topic), passed)));
    }

    /** How long each consumer took with each topic. */
    Map<String, Duration> took() {
        return Map.copyOf(took);
    }

    private static String told(String consumer, SuiteTopic topic) {
        return consumer + " on " + topic.topic();
    }
}
