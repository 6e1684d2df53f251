package io.rapport.platform.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The position of one partition that this member owns at the moment: where it began, and chunk for
 * chunk where it goes on. For one thread at a time.
 */
final class PartitionReader {

    private final EventConsumer consumer;
    private final Topic topic;
    private final TopicPartition partition;
    private volatile long position;
    private volatile boolean revoked;

    private PartitionReader(
            EventConsumer consumer, Topic topic, TopicPartition partition, long position) {
        this.consumer = consumer;
        this.topic = topic;
        this.partition = partition;
        this.position = position;
    }

    /**
     * Goes to the kept position of the partition, or to the beginning of one that was never read.
     */
    static PartitionReader seek(
            EventConsumer eventConsumer,
            Topic topic,
            TopicPartition partition,
            UUID topicId,
            ConsumerPositions positions,
            Consumer<byte[], byte[]> kafka) {
        long first = offset(kafka.beginningOffsets(List.of(partition)), partition);
        long end = offset(kafka.endOffsets(List.of(partition)), partition);
        if (positions.find(eventConsumer.name(), partition).isEmpty()) {
            positions.begin(eventConsumer.name(), partition, topicId, first);
        }
        var kept = positions.find(eventConsumer.name(), partition).orElseThrow();
        if (!kept.topicId().equals(topicId)) {
            throw new ConsumerStopped(
                    partition.topic() + " was made anew: its events are not those that were read");
        }
        if (kept.nextOffset() > end) {
            throw new ConsumerStopped(
                    partition
                            + " ends at "
                            + end
                            + ", before the kept position "
                            + kept.nextOffset());
        }
        if (kept.nextOffset() < first && !topic.compacted()) {
            throw new ConsumerStopped(
                    partition
                            + " begins at "
                            + first
                            + ", beyond the kept position "
                            + kept.nextOffset());
        }
        kafka.seek(partition, kept.nextOffset());
        return new PartitionReader(eventConsumer, topic, partition, kept.nextOffset());
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

    /**
     * Applies the records in chunks of at most {@code chunk} and answers how many were parked;
     * {@code end} is where the partition goes on after them.
     */
    int apply(EventInbox inbox, List<ConsumerRecord<byte[], byte[]>> records, long end, int chunk) {
        List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>(records);
        // After a failed attempt the same records come again: those before the position were
        // applied.
        rest.removeIf(record -> record.offset() < position);
        int parked = 0;
        while (!rest.isEmpty()) {
            int size = Math.min(chunk, rest.size());
            long next = size == rest.size() ? end : rest.get(size).offset();
            List<ConsumerRecord<byte[], byte[]>> now = rest.subList(0, size);
            parked += inbox.apply(consumer, topic, partition, position, next, now);
            position = next;
            now.clear();
        }
        return parked;
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
