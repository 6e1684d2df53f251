package io.rapport.interaction.inbound;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one fetch has brought of a partition, and how far it is taken in. For one thread. */
final class Fetched {

    private final TopicPartition partition;
    private final List<ConsumerRecord<byte[], byte[]>> messages;
    private final long end;
    private final Instant at;
    private long position;
    private int from;

    /** Begins at {@code position}, and goes on at {@code end} after it. */
    Fetched(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> messages,
            long position,
            long end,
            Instant at) {
        this.partition = partition;
        this.messages = messages;
        this.position = position;
        this.end = end;
        this.at = at;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The next messages, at most so many. */
    Stretch next(int most) {
        int to = Math.min(messages.size(), from + most);
        long after = to == messages.size() ? end : messages.get(to).offset();
        return new Stretch(partition.partition(), position, after, messages.subList(from, to), at);
    }

    /** They are taken in; answers whether that was all. */
    boolean advance(Stretch taken) {
        position = taken.end();
        from += taken.messages().size();
        return from == messages.size();
    }

    int left() {
        return messages.size() - from;
    }
}
