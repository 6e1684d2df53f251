package io.rapport.customer.context;

import io.rapport.platform.event.Installation;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** How far the contexts have come, read from the database and so the same on every replica. */
@ApplicationScoped
class ContextProgress {

    /**
     * What the live generation has applied of one topic: the last sequence of a customer, or of
     * several all together; 0 when nothing yet. Everything that was in the topic before {@code
     * upTo} has been applied; absent until that has been proven once.
     */
    public record Applied(long sequence, @Nullable Instant upTo) {}

    // The LIMIT keeps it a look into the index: as a plain join, the planner may read the progress
    // of all customers while it knows little of the table.
    private static final String APPLIED =
            """
            SELECT coalesce(p.applied, 0) AS sequence, seen.up_to
            FROM unnest(:topics) WITH ORDINALITY AS named (topic, ordinal)
            JOIN projection AS context ON context.name = :projection
            LEFT JOIN LATERAL (
                SELECT CAST(sum(one.applied) AS bigint) AS applied FROM unnest(:customers) AS member (id)
                CROSS JOIN LATERAL (
                    SELECT applied FROM consumer_progress AS c
                    WHERE c.customer_id = member.id AND c.topic = named.topic AND c.consumer = context.live_consumer
                    LIMIT 1) AS one) AS p ON true
            LEFT JOIN LATERAL (
                SELECT nullif(min(c.caught_up), '-infinity') AS up_to FROM consumer_position AS c
                WHERE c.consumer = context.live_consumer AND c.topic = named.topic) AS seen ON true
            ORDER BY named.ordinal""";

    private final Jdbi jdbi;
    private final Installation installation;

    ContextProgress(Jdbi jdbi, Installation installation) {
        this.jdbi = jdbi;
        this.installation = installation;
    }

    /** Of these topics in their order. */
    List<Applied> of(List<UUID> customers, List<Topic> topics) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(APPLIED)
                                .bindArray(
                                        "topics",
                                        String.class,
                                        topics.stream().map(installation::topic).toList())
                                .bind("projection", ContextProjection.NAME)
                                .bindArray("customers", UUID.class, customers)
                                .map(ConstructorMapper.of(Applied.class))
                                .list());
    }
}
