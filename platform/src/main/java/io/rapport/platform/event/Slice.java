package io.rapport.platform.event;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Records of one partition, and the positions before and after them. */
record Slice(
        Topic topic,
        TopicPartition partition,
        long begin,
        long end,
        List<ConsumerRecord<byte[], byte[]>> records) {

    /** The same in slices of one record each. */
    List<Slice> singles() {
        List<Slice> singles = new ArrayList<>(records.size());
        long next = begin;
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            long after = i == records.size() - 1 ? end : record.offset() + 1;
            singles.add(new Slice(topic, partition, next, after, List.of(record)));
            next = after;
        }
        return singles;
    }
}
