package io.rapport.platform.event;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ProgressTable.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies records in one transaction with the move of their partitions' positions, so that each
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
     * Applies the slices, each of another partition. When one of their records fails, all are
     * applied one by one, and the one that fails is parked. After each commit the {@code share} is
     * told how many were parked for a failure of their own.
     */
    void apply(EventConsumer consumer, List<Slice> slices, ParkedShare share) {
        try {
            int parked = delivery.inTransaction(() -> applyTogether(consumer, slices));
            share.add(slices.stream().mapToInt(slice -> slice.records().size()).sum(), parked);
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
            slices.stream()
                    .flatMap(slice -> slice.singles().stream())
                    .forEach(single -> share.add(1, applyOrPark(consumer, single)));
        }
    }

    private int applyOrPark(EventConsumer consumer, Slice single) {
        try {
            return delivery.inTransaction(() -> applyTogether(consumer, List.of(single)));
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
            return delivery.inTransaction(
                    () -> {
                        positions.move(consumer.name(), List.of(single));
                        boolean added =
                                delivery.parkFailed(
                                        consumer, single.topic(), single.records().getFirst(), e);
                        return added ? 1 : 0;
                    });
        }
    }

    private int applyTogether(EventConsumer consumer, List<Slice> slices) {
        positions.move(consumer.name(), slices);
        List<ReceivedEvent> due = new ArrayList<>();
        // By name: all members lock the rows of several topics in one order.
        SortedMap<String, Collection<Progress>> locked = new TreeMap<>();
        int parked = 0;
        for (List<Slice> ofTopic : byTopic(slices).values()) {
            Topic topic = ofTopic.getFirst().topic();
            String name = ofTopic.getFirst().partition().topic();
            List<Incoming> incoming = new ArrayList<>();
            for (Slice slice : ofTopic) {
                parked += place(consumer, slice, incoming);
            }
            locked.put(name, decide(consumer, topic, name, incoming, due));
        }
        due.sort(Comparator.comparing(ReceivedEvent::customer, Ids.BY_VALUE));
        delivery.deliver(consumer, due);
        locked.forEach((topic, rows) -> progressTable.store(consumer.name(), topic, rows));
        return parked;
    }

    private static SortedMap<String, List<Slice>> byTopic(List<Slice> slices) {
        return slices.stream()
                .collect(
                        Collectors.groupingBy(
                                slice -> slice.partition().topic(),
                                TreeMap::new,
                                Collectors.toList()));
    }

    /** Parks what has no place, and answers how many that were. */
    private int place(EventConsumer consumer, Slice slice, List<Incoming> incoming) {
        int parked = 0;
        for (ConsumerRecord<byte[], byte[]> record : slice.records()) {
            try {
                incoming.add(new Incoming(record, RecordReader.place(slice.topic(), record)));
            } catch (Refusal e) {
                if (parking.park(consumer.name(), record, null, e.code(), e.detail())) {
                    parked++;
                }
            }
        }
        return parked;
    }

    /** Decides about the records of one topic and answers the rows that were locked for it. */
    private Collection<Progress> decide(
            EventConsumer consumer,
            Topic topic,
            String name,
            List<Incoming> incoming,
            List<ReceivedEvent> due) {
        Map<UUID, Progress> rows =
                progressTable.lock(
                        consumer.name(),
                        name,
                        incoming.stream().map(item -> item.place().customer()).toList());
        for (Incoming item : incoming) {
            Progress row = Objects.requireNonNull(rows.get(item.place().customer()));
            decide(consumer, topic, item, row, due);
        }
        return rows.values();
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
            boolean added =
                    parking.park(
                            consumer.name(),
                            item.record(),
                            customer,
                            "behind-a-parked-event",
                            "An earlier event of this customer is parked.");
            if (added) {
                row.park();
            }
        } else if (topic.compacted() || sequence == row.applied() + 1) {
            row.apply(sequence);
            due.add(reader.read(topic, item.record()));
        } else if (earlyEvents.keep(consumer.name(), item.place(), item.record())) {
            row.setAside();
            if (row.early() > config.maxEarly()) {
                throw new ConsumerStopped(
                        "more events than allowed wait for a gap of customer %s to close"
                                .formatted(customer));
            }
        }
    }
}
