package io.rapport.platform.event;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * How far this service's consumers have come, read from its database and so the same on every
 * replica.
 */
@ApplicationScoped
public class ConsumerProgress {

    /**
     * What one consumer has applied of one topic for a customer; the sequence is 0 when nothing
     * yet. Everything that was in the topic before {@code upTo} has been applied; absent until that
     * has been proven once.
     */
    public record Applied(String consumer, Topic topic, long sequence, @Nullable Instant upTo) {}

    private record Reading(String consumer, Topic topic, String topicName) {}

    private static final String APPLIED =
            """
            SELECT reads.ordinal, coalesce(p.applied, 0) AS applied, seen.up_to
            FROM unnest(:consumers, :topics) WITH ORDINALITY AS reads (consumer, topic, ordinal)
            LEFT JOIN consumer_progress AS p
                ON p.customer_id = :customer AND p.topic = reads.topic AND p.consumer = reads.consumer
            LEFT JOIN LATERAL (
                SELECT nullif(min(c.caught_up), '-infinity') AS up_to FROM consumer_position AS c
                WHERE c.consumer = reads.consumer AND c.topic = reads.topic) AS seen ON true
            ORDER BY reads.ordinal""";

    private static final String SEEN =
            """
            SELECT :own AS topic, last AS sequence FROM customer_sequence WHERE customer_id = :customer
            UNION ALL
            SELECT reads.topic, min(coalesce(p.applied, 0))
            FROM unnest(:consumers, :topics) AS reads (consumer, topic)
            LEFT JOIN consumer_progress AS p
                ON p.customer_id = :customer AND p.topic = reads.topic AND p.consumer = reads.consumer
            GROUP BY reads.topic""";

    private final Jdbi jdbi;
    private final Installation installation;
    private final List<Reading> readings = new ArrayList<>();

    ConsumerProgress(Jdbi jdbi, Installation installation, @Any Instance<EventConsumer> consumers) {
        this.jdbi = jdbi;
        this.installation = installation;
        for (EventConsumer consumer : consumers) {
            for (Topic topic : consumer.topics()) {
                readings.add(new Reading(consumer.name(), topic, installation.topic(topic)));
            }
        }
    }

    /** What each consumer of this service has applied for the customer, for each of its topics. */
    public List<Applied> of(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        bind(handle.createQuery(APPLIED), readings, customer)
                                .map(
                                        (row, context) -> {
                                            Reading reading =
                                                    readings.get(row.getInt("ordinal") - 1);
                                            OffsetDateTime upTo =
                                                    row.getObject("up_to", OffsetDateTime.class);
                                            return new Applied(
                                                    reading.consumer(),
                                                    reading.topic(),
                                                    row.getLong("applied"),
                                                    upTo == null ? null : upTo.toInstant());
                                        })
                                .list());
    }

    /**
     * This service's own counter for the customer, and of each topic that it reads what all its
     * consumers have applied.
     */
    public List<Versions.Entry> seenOf(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        bind(handle.createQuery(SEEN), readings, customer)
                                .bind("own", installation.topic(installation.log()))
                                .map(
                                        (row, context) ->
                                                new Versions.Entry(
                                                        streamOf(row.getString("topic")),
                                                        customer,
                                                        row.getLong("sequence")))
                                .list());
    }

    /**
     * Whether this service shows all that {@code entry} names. What none of its consumers reads
     * cannot be missing.
     */
    public boolean seen(Versions.Entry entry) {
        boolean own = entry.stream().equals(installation.service());
        if (!own
                && readings.stream()
                        .noneMatch(reading -> reading.topic().stream().equals(entry.stream()))) {
            return true;
        }
        return seenOf(entry.customer()).stream()
                .anyMatch(
                        seen ->
                                seen.stream().equals(entry.stream())
                                        && seen.sequence() >= entry.sequence());
    }

    private static Query bind(Query query, List<Reading> readings, UUID customer) {
        return Columns.of(readings)
                .add("consumers", String.class, Reading::consumer)
                .add("topics", String.class, Reading::topicName)
                .bindTo(query)
                .bind("customer", customer);
    }

    private String streamOf(String topicName) {
        return readings.stream()
                .filter(reading -> reading.topicName().equals(topicName))
                .findFirst()
                .map(reading -> reading.topic().stream())
                .orElse(installation.service());
    }
}
