package io.rapport.platform.event;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * How far this service's consumers have come, read from its database and so the same on every
 * replica.
 */
@ApplicationScoped
public class ConsumerProgress {

    private record Reading(String consumer, String topic, String stream) {}

    // Of a projection, what its live generation has applied. The LIMIT keeps it a look into the
    // index for each customer: as a plain join, the planner may read the whole table.
    private static final String SEEN =
            """
            WITH reads AS (
                SELECT coalesce(p.live_consumer, named.consumer) AS consumer, named.topic, named.stream
                FROM unnest(:consumers, :topics, :streams) AS named (consumer, topic, stream)
                LEFT JOIN projection AS p ON p.name = named.consumer)
            SELECT :own AS stream, customer_id AS customer, last AS sequence FROM customer_sequence
            WHERE customer_id = ANY(:customers)
            UNION ALL
            SELECT reads.stream, asked.customer_id, min(coalesce(p.applied, 0))
            FROM reads CROSS JOIN unnest(:customers) AS asked (customer_id)
            LEFT JOIN LATERAL (
                SELECT applied FROM consumer_progress AS c
                WHERE c.customer_id = asked.customer_id AND c.topic = reads.topic AND c.consumer = reads.consumer
                LIMIT 1) AS p ON true
            GROUP BY reads.stream, asked.customer_id""";

    private final Jdbi jdbi;
    private final Installation installation;
    private final List<Reading> readings = new ArrayList<>();
    private final Set<String> streams = new HashSet<>();

    ConsumerProgress(
            Jdbi jdbi,
            Installation installation,
            @Any Instance<Reaction> reactions,
            @Any Instance<Projection> projections) {
        this.jdbi = jdbi;
        this.installation = installation;
        streams.add(installation.service());
        reactions.forEach(reaction -> add(reaction.name(), reaction.topics()));
        projections.forEach(projection -> add(projection.name(), projection.topics()));
    }

    private void add(String consumer, Set<Topic> topics) {
        for (Topic topic : topics) {
            readings.add(new Reading(consumer, installation.topic(topic), topic.stream()));
            streams.add(topic.stream());
        }
    }

    /**
     * This service's own counter for each customer, and of each topic that it reads what all its
     * consumers have applied.
     */
    public List<Versions.Entry> seenOf(Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        Columns.of(readings)
                                .add("consumers", String.class, Reading::consumer)
                                .add("topics", String.class, Reading::topic)
                                .add("streams", String.class, Reading::stream)
                                .bindTo(handle.createQuery(SEEN))
                                .bind("own", installation.service())
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(Versions.Entry.class))
                                .list());
    }

    /**
     * Those of the entries that this service does not show yet. What none of its consumers reads
     * cannot be missing.
     */
    public Set<Versions.Entry> missing(Collection<Versions.Entry> entries) {
        Set<Versions.Entry> missing = new HashSet<>(entries);
        missing.removeIf(entry -> !streams.contains(entry.stream()));
        if (!missing.isEmpty()) {
            Map<Versions.Key, Long> reached = new HashMap<>();
            seenOf(missing.stream().map(Versions.Entry::customer).distinct().toList())
                    .forEach(seen -> reached.merge(seen.key(), seen.sequence(), Math::max));
            missing.removeIf(entry -> entry.sequence() <= reached.getOrDefault(entry.key(), 0L));
        }
        return missing;
    }
}
