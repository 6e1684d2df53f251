package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

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

    private static final String FIND =
            """
            SELECT topic_id, next_offset FROM consumer_position
            WHERE consumer = ? AND topic = ? AND partition = ?""";

    private static final String BEGIN =
            """
            INSERT INTO consumer_position (consumer, topic, partition, topic_id, next_offset)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String MOVE =
            """
            UPDATE consumer_position SET next_offset = ?
            WHERE consumer = ? AND topic = ? AND partition = ? AND next_offset = ?""";

    private static final String CAUGHT_UP =
            """
            UPDATE consumer_position SET caught_up = ?
            WHERE consumer = ? AND topic = ? AND partition = ? AND next_offset = ?""";

    private final Jdbi jdbi;

    ConsumerPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Position> find(String consumer, TopicPartition partition) {
        return jdbi.withHandle(
                handle ->
                        handle.select(FIND, consumer, partition.topic(), partition.partition())
                                .map(ConstructorMapper.of(Position.class))
                                .findOne());
    }

    /**
     * Begins a partition that was never read; if another owner was quicker, its position stands.
     */
    void begin(String consumer, TopicPartition partition, UUID topicId, long firstOffset) {
        String topic = partition.topic();
        int number = partition.partition();
        jdbi.useHandle(h -> h.execute(BEGIN, consumer, topic, number, topicId, firstOffset));
    }

    /**
     * Moves the position by compare-and-set, as the first statement of the transaction that applies
     * what lies between.
     */
    void move(String consumer, TopicPartition partition, long begin, long end) {
        String topic = partition.topic();
        int number = partition.partition();
        if (jdbi.withHandle(h -> h.execute(MOVE, end, consumer, topic, number, begin)) == 0) {
            throw new Lost(consumer, partition);
        }
    }

    /**
     * Notes that all that was in these partitions at {@code time} is applied. Guarded by the
     * position, so that an owner of yesterday cannot say it.
     */
    void caughtUp(String consumer, Map<TopicPartition, Long> positions, Instant time) {
        jdbi.useHandle(
                handle -> {
                    PreparedBatch batch = handle.prepareBatch(CAUGHT_UP);
                    positions.forEach(
                            (at, next) ->
                                    batch.add(time, consumer, at.topic(), at.partition(), next));
                    batch.execute();
                });
    }
}
