package io.rapport.platform.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** What one fetch has brought and is not applied yet, partition after partition. For one thread. */
final class RecordsInHand {

    /** The records of one partition from {@code from} on; it goes on at {@code end} after them. */
    private static final class Rest {
        private final PartitionReader reader;
        private final List<ConsumerRecord<byte[], byte[]>> records;
        private final long end;
        private int from;

        Rest(PartitionReader reader, List<ConsumerRecord<byte[], byte[]>> records, long end) {
            this.reader = reader;
            this.records = records;
            this.end = end;
        }

        Slice slice(int limit) {
            int to = Math.min(records.size(), from + limit);
            long next = to == records.size() ? end : records.get(to).offset();
            return reader.slice(next, records.subList(from, to));
        }
    }

    private final Queue<Rest> rests = new ArrayDeque<>();
    private final List<TopicPartition> taken = new ArrayList<>();

    RecordsInHand(
            ConsumerRecords<byte[], byte[]> fetched, Map<TopicPartition, PartitionReader> owned) {
        for (TopicPartition partition : fetched.partitions()) {
            PartitionReader reader = owned.get(partition);
            if (reader != null) {
                rests.add(new Rest(reader, fetched.records(partition), end(fetched, partition)));
            }
        }
    }

    /** The next records, at most so many; none when all are applied or in other hands. */
    List<Slice> next(int limit) {
        giveUp(rests.stream().filter(rest -> rest.reader.revoked()).toList());
        List<Slice> slices = new ArrayList<>();
        int left = limit;
        for (Rest rest : rests) {
            if (left == 0) {
                break;
            }
            Slice slice = rest.slice(left);
            left -= slice.records().size();
            slices.add(slice);
        }
        return slices;
    }

    /** After {@link #next}: its slices are applied. */
    void applied(List<Slice> slices) {
        for (Slice slice : slices) {
            Rest rest = rests.element();
            rest.reader.advance(slice.end());
            rest.from += slice.records().size();
            if (rest.from == rest.records.size()) {
                rests.remove();
            }
        }
    }

    /** Leaves these partitions to those who have moved their positions. */
    void lose(Collection<TopicPartition> partitions) {
        giveUp(
                rests.stream()
                        .filter(rest -> partitions.contains(rest.reader.partition()))
                        .toList());
    }

    /** Partitions that others go on with; if they are still ours, they must be sought anew. */
    List<TopicPartition> taken() {
        return taken;
    }

    private void giveUp(Collection<Rest> gone) {
        gone.forEach(rest -> taken.add(rest.reader.partition()));
        rests.removeAll(gone);
    }

    private static long end(ConsumerRecords<byte[], byte[]> fetched, TopicPartition partition) {
        var next = fetched.nextOffsets().get(partition);
        return next == null ? fetched.records(partition).getLast().offset() + 1 : next.offset();
    }
}
