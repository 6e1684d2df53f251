package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Where each consumer goes on reading, kept beside what it has applied. Kafka's own committed
 * offsets are for the eyes of tools only.
 */
@ApplicationScoped
class ConsumerPositions {

    /** {@code topicId} is the broker's: a topic made anew under the old name has another. */
    public record Position(UUID topicId, long nextOffset) {}

    /**
     * Somebody else moved this position: what was being applied here has been, or is being, applied
     * there.
     */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost(String consumer, TopicPartition partition) {
            super(consumer + " no longer owns " + partition, null, false, false);
        }
    }

    private final Jdbi jdbi;

    ConsumerPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Position> find(String consumer, TopicPartition partition) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT topic_id, next_offset FROM consumer_position
                                        WHERE consumer = :consumer AND topic = :topic AND partition = :partition""")
                                .bind("consumer", consumer)
                                .bind("topic", partition.topic())
                                .bind("partition", partition.partition())
                                .map(ConstructorMapper.of(Position.class))
                                .findOne());
    }

    /**
     * Begins a partition that was never read; if another owner was quicker, its position stands.
     */
    void begin(String consumer, TopicPartition partition, UUID topicId, long firstOffset) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO consumer_position (consumer, topic, partition, topic_id, next_offset)
                                        VALUES (:consumer, :topic, :partition, :topicId, :next)
                                        ON CONFLICT DO NOTHING""")
                                .bind("consumer", consumer)
                                .bind("topic", partition.topic())
                                .bind("partition", partition.partition())
                                .bind("topicId", topicId)
                                .bind("next", firstOffset)
                                .execute());
    }

    /**
     * Moves the position by compare-and-set, as the first statement of the transaction that applies
     * what lies between.
     */
    void move(String consumer, TopicPartition partition, long begin, long end) {
        int moved =
                jdbi.withHandle(
                        handle ->
                                handle.createUpdate(
                                                """
                                                UPDATE consumer_position SET next_offset = :end
                                                WHERE consumer = :consumer AND topic = :topic AND partition = :partition
                                                  AND next_offset = :begin""")
                                        .bind("consumer", consumer)
                                        .bind("topic", partition.topic())
                                        .bind("partition", partition.partition())
                                        .bind("begin", begin)
                                        .bind("end", end)
                                        .execute());
        if (moved == 0) {
            throw new Lost(consumer, partition);
        }
    }

    /**
     * Notes that all that was in these partitions at {@code time} is applied. Guarded by the
     * position, so that an owner of yesterday cannot say it.
     */
    void caughtUp(String consumer, Map<TopicPartition, Long> positions, Instant time) {
        List<TopicPartition> partitions = new ArrayList<>(positions.keySet());
        Collection<Long> offsets = partitions.stream().map(positions::get).toList();
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE consumer_position AS p SET caught_up = :time
                                        FROM unnest(:topics, :partitions, :offsets) AS seen (topic, partition, next_offset)
                                        WHERE p.consumer = :consumer AND p.topic = seen.topic
                                          AND p.partition = seen.partition AND p.next_offset = seen.next_offset""")
                                .bind("consumer", consumer)
                                .bindArray(
                                        "topics",
                                        String.class,
                                        partitions.stream().map(TopicPartition::topic).toList())
                                .bindArray(
                                        "partitions",
                                        Integer.class,
                                        partitions.stream().map(TopicPartition::partition).toList())
                                .bindArray("offsets", Long.class, offsets)
                                .bind("time", time)
                                .execute());
    }
}
