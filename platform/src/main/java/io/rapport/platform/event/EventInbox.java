package io.rapport.platform.event;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ProgressTable.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Applies records of one partition in one transaction with the move of the position, so that each
 * event takes effect once, whoever dies when. At or below the customer's sequence: skipped. The
 * next one: applied. Beyond it: kept aside.
 */
@ApplicationScoped
class EventInbox {

    private record Incoming(ConsumerRecord<byte[], byte[]> record, RecordReader.Place place) {}

    private final ConsumerConfiguration config;
    private final ConsumerPositions positions;
    private final ProgressTable progressTable;
    private final EarlyEvents earlyEvents;
    private final Parking parking;
    private final EventDelivery delivery;
    private final RecordReader reader;

    EventInbox(
            ConsumerConfiguration config,
            ConsumerPositions positions,
            ProgressTable progressTable,
            EarlyEvents earlyEvents,
            Parking parking,
            EventDelivery delivery) {
        this.config = config;
        this.positions = positions;
        this.progressTable = progressTable;
        this.earlyEvents = earlyEvents;
        this.parking = parking;
        this.delivery = delivery;
        this.reader = new RecordReader(config.maxEventBytes());
    }

    /**
     * Applies {@code records}, which lie between the position {@code begin} and {@code end}, and
     * answers how many were parked for a failure of their own. When one of them fails, they are
     * applied one by one, and the one that fails is parked.
     */
    int apply(
            EventConsumer consumer,
            Topic topic,
            TopicPartition partition,
            long begin,
            long end,
            List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            return delivery.inTransaction(
                    () -> applyTogether(consumer, topic, partition, begin, end, records));
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
        }
        int parked = 0;
        long next = begin;
        for (int i = 0; i < records.size(); i++) {
            long after = i == records.size() - 1 ? end : records.get(i).offset() + 1;
            parked += applyOrPark(consumer, topic, partition, next, after, records.get(i));
            next = after;
        }
        return parked;
    }

    private int applyOrPark(
            EventConsumer consumer,
            Topic topic,
            TopicPartition partition,
            long begin,
            long end,
            ConsumerRecord<byte[], byte[]> record) {
        try {
            return delivery.inTransaction(
                    () -> applyTogether(consumer, topic, partition, begin, end, List.of(record)));
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
            return delivery.inTransaction(
                    () -> {
                        positions.move(consumer.name(), partition, begin, end);
                        delivery.parkFailed(consumer, topic, record, e);
                        return 1;
                    });
        }
    }

    private int applyTogether(
            EventConsumer consumer,
            Topic topic,
            TopicPartition partition,
            long begin,
            long end,
            List<ConsumerRecord<byte[], byte[]>> records) {
        positions.move(consumer.name(), partition, begin, end);
        int parked = 0;
        List<Incoming> incoming = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                incoming.add(new Incoming(record, RecordReader.place(topic, record)));
            } catch (Refusal e) {
                parking.park(consumer.name(), record, null, e.code(), e.detail());
                parked++;
            }
        }
        Map<UUID, Progress> progress =
                progressTable.lock(
                        consumer.name(),
                        partition.topic(),
                        incoming.stream().map(item -> item.place().customer()).toList());
        List<ReceivedEvent> due = new ArrayList<>(incoming.size());
        for (Incoming item : incoming) {
            Progress row = progress.get(item.place().customer());
            if (row != null) {
                decide(consumer, topic, item, row, due);
            }
        }
        due.sort(Comparator.comparing(ReceivedEvent::customer, Ids.BY_VALUE));
        delivery.deliver(consumer, due);
        progressTable.store(consumer.name(), partition.topic(), progress.values());
        return parked;
    }

    /**
     * Puts the event where it belongs: among those {@code due}, aside, parked behind another, or
     * nowhere. Only what is due is read, so that one that cannot be read fails at its place.
     */
    private void decide(
            EventConsumer consumer,
            Topic topic,
            Incoming item,
            Progress row,
            List<ReceivedEvent> due) {
        UUID customer = item.place().customer();
        long sequence = item.place().sequence();
        if (sequence <= row.applied()) {
            return;
        }
        // On a compacted topic a newer version stands for all before it: there is no gap, and
        // nothing to hold back.
        if (!topic.compacted() && row.heldBack()) {
            parking.park(
                    consumer.name(),
                    item.record(),
                    customer,
                    "behind-a-parked-event",
                    "An earlier event of this customer is parked.");
            row.park();
        } else if (topic.compacted() || sequence == row.applied() + 1) {
            row.apply(sequence);
            due.add(reader.read(topic, item.record()));
        } else if (earlyEvents.keep(consumer.name(), item.place(), item.record())) {
            row.setAside();
            if (row.early() > config.maxEarly()) {
                throw new ConsumerStopped(
                        "more events than allowed wait for a gap of customer "
                                + customer
                                + " to close");
            }
        }
    }
}
