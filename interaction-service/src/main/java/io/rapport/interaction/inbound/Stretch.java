package io.rapport.interaction.inbound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Messages of one partition, the positions before and after them, and when they were fetched. */
record Stretch(
        int partition,
        long begin,
        long end,
        List<ConsumerRecord<byte[], byte[]>> messages,
        Instant fetchedAt) {

    /** The same in stretches of one message each. */
    List<Stretch> singles() {
        List<Stretch> singles = new ArrayList<>(messages.size());
        long next = begin;
        for (int i = 0; i < messages.size(); i++) {
            long after = i == messages.size() - 1 ? end : messages.get(i).offset() + 1;
            singles.add(new Stretch(partition, next, after, List.of(messages.get(i)), fetchedAt));
            next = after;
        }
        return singles;
    }

    /** When the last of them came into the topic, by the broker's clock, or was fetched. */
    Instant lastCame() {
        Instant came = Instant.ofEpochMilli(messages.getLast().timestamp());
        return came.isBefore(fetchedAt) ? came : fetchedAt;
    }
}
