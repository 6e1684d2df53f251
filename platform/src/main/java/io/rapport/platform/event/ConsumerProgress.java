package io.rapport.platform.event;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    // Of a projection, what its live generation has applied.
    private static final String READS =
            """
            WITH reads AS (
                SELECT coalesce(p.live_consumer, named.consumer) AS consumer, named.topic, named.ordinal
                FROM unnest(:consumers, :topics) WITH ORDINALITY AS named (consumer, topic, ordinal)
                LEFT JOIN projection AS p ON p.name = named.consumer)
            """;

    private static final String APPLIED =
            READS
                    + """
                    SELECT reads.ordinal, coalesce(p.applied, 0) AS applied, seen.up_to
                    FROM reads
                    LEFT JOIN consumer_progress AS p
                        ON p.customer_id = :customer AND p.topic = reads.topic AND p.consumer = reads.consumer
                    LEFT JOIN LATERAL (
                        SELECT nullif(min(c.caught_up), '-infinity') AS up_to FROM consumer_position AS c
                        WHERE c.consumer = reads.consumer AND c.topic = reads.topic) AS seen ON true
                    ORDER BY reads.ordinal""";

    private static final String SEEN =
            READS
                    + """
                    SELECT :own AS topic, customer_id, last AS sequence FROM customer_sequence
                    WHERE customer_id = ANY(:customers)
                    UNION ALL
                    SELECT reads.topic, asked.customer_id, min(coalesce(p.applied, 0))
                    FROM reads CROSS JOIN unnest(:customers) AS asked (customer_id)
                    LEFT JOIN LATERAL (
                        SELECT applied FROM consumer_progress AS c
                        WHERE c.customer_id = asked.customer_id AND c.topic = reads.topic
                          AND c.consumer = reads.consumer) AS p ON true
                    GROUP BY reads.topic, asked.customer_id""";

    private final Jdbi jdbi;
    private final Installation installation;
    private final List<Reading> readings = new ArrayList<>();

    ConsumerProgress(
            Jdbi jdbi,
            Installation installation,
            @Any Instance<Reaction> reactions,
            @Any Instance<Projection> projections) {
        this.jdbi = jdbi;
        this.installation = installation;
        reactions.forEach(reaction -> add(reaction.name(), reaction.topics()));
        projections.forEach(projection -> add(projection.name(), projection.topics()));
    }

    private void add(String consumer, Set<Topic> topics) {
        topics.forEach(
                topic -> readings.add(new Reading(consumer, topic, installation.topic(topic))));
    }

    /** What each consumer of this service has applied for the customer, for each of its topics. */
    public List<Applied> of(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        bindReadings(handle.createQuery(APPLIED))
                                .bind("customer", customer)
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
     * This service's own counter for each customer, and of each topic that it reads what all its
     * consumers have applied.
     */
    public List<Versions.Entry> seenOf(Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        bindReadings(handle.createQuery(SEEN))
                                .bind("own", installation.topic(installation.log()))
                                .bindArray("customers", UUID.class, customers)
                                .map(
                                        (row, context) ->
                                                new Versions.Entry(
                                                        streamOf(row.getString("topic")),
                                                        row.getObject("customer_id", UUID.class),
                                                        row.getLong("sequence")))
                                .list());
    }

    /**
     * Those of the entries that this service does not show yet. What none of its consumers reads
     * cannot be missing.
     */
    public Set<Versions.Entry> missing(Collection<Versions.Entry> entries) {
        Set<Versions.Entry> missing = new HashSet<>(entries);
        missing.removeIf(entry -> !reads(entry.stream()));
        if (!missing.isEmpty()) {
            List<Versions.Entry> seen =
                    seenOf(missing.stream().map(Versions.Entry::customer).distinct().toList());
            seen.forEach(reached -> missing.removeIf(entry -> entry.isWithin(reached)));
        }
        return missing;
    }

    private boolean reads(String stream) {
        return stream.equals(installation.service())
                || readings.stream().anyMatch(reading -> reading.topic().stream().equals(stream));
    }

    private Query bindReadings(Query query) {
        return Columns.of(readings)
                .add("consumers", String.class, Reading::consumer)
                .add("topics", String.class, Reading::topicName)
                .bindTo(query);
    }

    private String streamOf(String topicName) {
        return readings.stream()
                .filter(reading -> reading.topicName().equals(topicName))
                .findFirst()
                .map(reading -> reading.topic().stream())
                .orElse(installation.service());
    }
}
