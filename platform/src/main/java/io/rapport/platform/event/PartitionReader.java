package io.rapport.platform.event;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The position of one partition that this member owns at the moment: where it began, and slice for
 * slice where it goes on. For one thread at a time.
 */
final class PartitionReader {

    private final Topic topic;
    private final TopicPartition partition;
    private volatile long position;
    private volatile boolean revoked;

    private PartitionReader(Topic topic, TopicPartition partition, long position) {
        this.topic = topic;
        this.partition = partition;
        this.position = position;
    }

    /**
     * Goes to the kept position of the partition, or to the beginning of one that was never read.
     */
    static PartitionReader seek(
            EventConsumer consumer,
            Topic topic,
            TopicPartition partition,
            UUID topicId,
            ConsumerPositions positions,
            Consumer<byte[], byte[]> kafka) {
        long first = offset(kafka.beginningOffsets(List.of(partition)), partition);
        long end = offset(kafka.endOffsets(List.of(partition)), partition);
        if (positions.find(consumer.name(), partition).isEmpty()) {
            positions.begin(consumer, partition, topicId, first);
        }
        var kept = positions.find(consumer.name(), partition).orElseThrow();
        if (!kept.topicId().equals(topicId)) {
            throw new ConsumerStopped(
                    partition.topic() + " was made anew: its events are not those that were read");
        }
        if (kept.nextOffset() > end) {
            throw new ConsumerStopped(
                    "%s ends at %d, before the kept position %d"
                            .formatted(partition, end, kept.nextOffset()));
        }
        if (kept.nextOffset() < first && !topic.compacted()) {
            throw new ConsumerStopped(
                    "%s begins at %d, beyond the kept position %d"
                            .formatted(partition, first, kept.nextOffset()));
        }
        kafka.seek(partition, kept.nextOffset());
        return new PartitionReader(topic, partition, kept.nextOffset());
    }

    TopicPartition partition() {
        return partition;
    }

    long position() {
        return position;
    }

    /** Tells whoever is still applying records that another member goes on. */
    void revoke() {
        revoked = true;
    }

    boolean revoked() {
        return revoked;
    }

    /** These records as a slice that begins at the position. */
    Slice slice(long end, List<ConsumerRecord<byte[], byte[]>> records) {
        return new Slice(topic, partition, position, end, records);
    }

    /** Notes what the database has kept. */
    void advance(long end) {
        position = end;
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
