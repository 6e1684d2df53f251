package io.rapport.platform.event;

import io.rapport.platform.Columns;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
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
     * Somebody else moved these positions: what was being applied here has been, or is being,
     * applied there.
     */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        // Never serialised: thrown and caught within one thread.
        private final transient List<TopicPartition> partitions;

        Lost(String consumer, List<TopicPartition> partitions) {
            super(consumer + " no longer owns " + partitions, null, false, false);
            this.partitions = partitions;
        }

        List<TopicPartition> partitions() {
            return partitions;
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

    private static final String LOCK_FOLDED =
            "SELECT 1 FROM projection WHERE name = ? AND ? IN (live, beside) FOR SHARE";

    private static final String MOVE =
            """
            WITH held AS (
                SELECT p.topic, p.partition, m.ended FROM consumer_position AS p
                JOIN unnest(:topics, :partitions, :begins, :ends) AS m (topic, partition, begun, ended)
                    ON p.topic = m.topic AND p.partition = m.partition AND p.next_offset = m.begun
                WHERE p.consumer = :consumer
                ORDER BY p.topic, p.partition FOR UPDATE OF p)
            UPDATE consumer_position AS p SET next_offset = held.ended
            FROM held WHERE p.consumer = :consumer AND p.topic = held.topic AND p.partition = held.partition
            RETURNING p.topic, p.partition""";

    private static final String CAUGHT_UP =
            """
            WITH held AS (
                SELECT p.topic, p.partition FROM consumer_position AS p
                JOIN unnest(:topics, :partitions, :positions) AS read (topic, partition, position)
                    ON p.topic = read.topic AND p.partition = read.partition AND p.next_offset = read.position
                WHERE p.consumer = :consumer
                ORDER BY p.topic, p.partition FOR UPDATE OF p)
            UPDATE consumer_position AS p SET caught_up = :time
            FROM held WHERE p.consumer = :consumer AND p.topic = held.topic AND p.partition = held.partition""";

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
     * Not that of a generation that was dropped meanwhile: the lock on its projection's row makes
     * sure.
     */
    void begin(EventConsumer consumer, TopicPartition partition, UUID topicId, long firstOffset) {
        jdbi.useTransaction(
                handle -> {
                    requireFolded(handle, consumer);
                    handle.execute(
                            BEGIN,
                            consumer.name(),
                            partition.topic(),
                            partition.partition(),
                            topicId,
                            firstOffset);
                });
    }

    /**
     * Keeps a generation from being dropped until the transaction ends, for those who apply events
     * without moving a position; fails when that has happened.
     */
    void requireFolded(EventConsumer consumer) {
        jdbi.useHandle(handle -> requireFolded(handle, consumer));
    }

    private static void requireFolded(Handle handle, EventConsumer consumer) {
        if (consumer instanceof Generation generation
                && handle.select(LOCK_FOLDED, generation.projection().name(), generation.number())
                        .mapTo(Integer.class)
                        .findOne()
                        .isEmpty()) {
            throw Refusal.unavailable("generation-dropped", generation.name() + " was dropped.");
        }
    }

    /**
     * Moves all of these positions by compare-and-set, as the first statement of the transaction
     * that applies what lies between. Locked in order, so that an owner of yesterday and one of
     * today cannot block each other for good.
     */
    void move(String consumer, List<Slice> slices) {
        Columns<Slice> columns =
                Columns.of(slices)
                        .add("topics", String.class, slice -> slice.partition().topic())
                        .add("partitions", Integer.class, slice -> slice.partition().partition())
                        .add("begins", Long.class, Slice::begin)
                        .add("ends", Long.class, Slice::end);
        Set<TopicPartition> moved =
                jdbi.withHandle(
                        handle ->
                                columns.bindTo(handle.createQuery(MOVE))
                                        .bind("consumer", consumer)
                                        .map((row, context) -> partition(row))
                                        .set());
        if (moved.size() < slices.size()) {
            List<TopicPartition> lost = new ArrayList<>();
            slices.forEach(slice -> lost.add(slice.partition()));
            lost.removeAll(moved);
            throw new Lost(consumer, lost);
        }
    }

    private static TopicPartition partition(ResultSet row) throws SQLException {
        return new TopicPartition(row.getString("topic"), row.getInt("partition"));
    }

    /**
     * Notes that all that was in these partitions at {@code time} is applied. Guarded by the
     * position, so that an owner of yesterday cannot say it.
     */
    void caughtUp(String consumer, Map<TopicPartition, Long> positions, Instant time) {
        Columns<Map.Entry<TopicPartition, Long>> columns =
                Columns.of(positions.entrySet())
                        .add("topics", String.class, read -> read.getKey().topic())
                        .add("partitions", Integer.class, read -> read.getKey().partition())
                        .add("positions", Long.class, Map.Entry::getValue);
        jdbi.useHandle(
                handle ->
                        columns.bindTo(handle.createUpdate(CAUGHT_UP))
                                .bind("consumer", consumer)
                                .bind("time", time)
                                .execute());
    }
}
