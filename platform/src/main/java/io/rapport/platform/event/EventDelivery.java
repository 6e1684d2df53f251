package io.rapport.platform.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ProgressTable.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands events to their consumer, and parks the one that failed. */
@ApplicationScoped
class EventDelivery {

    /** So many events at once take too long just now; fewer may not. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooSlow(int events) {
            super(events + " events at once take too long", null, false, false);
        }
    }

    private final ConsumerConfiguration config;
    private final Installation installation;
    private final ProgressTable progressTable;
    private final Parking parking;

    EventDelivery(
            ConsumerConfiguration config,
            Installation installation,
            ProgressTable progressTable,
            Parking parking) {
        this.config = config;
        this.installation = installation;
        this.progressTable = progressTable;
        this.parking = parking;
    }

    <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }

    /**
     * Gives up on several events that take too long, on the thread that owns the transaction. A
     * single one is let finish: there is nothing smaller to try.
     */
    void deliver(EventConsumer consumer, List<ReceivedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + config.transactionTimeout().toNanos();
        forgetSuperseded(consumer, events);
        switch (consumer) {
            case Generation generation -> {
                generation.projection().fold(generation.number(), events);
                requireInTime(deadline, events);
            }
            case Reaction reaction -> {
                for (ReceivedEvent event : events) {
                    event.cause().reacting(event.id(), () -> reaction.react(event));
                    requireInTime(deadline, events);
                }
            }
        }
    }

    /**
     * A tombstone stands for all that the topic said of its customer before, also for what could
     * not be applied: parked, it would outlive an erasure, and come back with each replay.
     */
    private void forgetSuperseded(EventConsumer consumer, List<ReceivedEvent> events) {
        for (ReceivedEvent event : events) {
            if (event.tombstone()) {
                parking.supersede(
                        consumer.name(), installation.topic(event.topic()), event.customer());
            }
        }
    }

    private static void requireInTime(long deadline, List<ReceivedEvent> events) {
        if (events.size() > 1 && System.nanoTime() - deadline > 0) {
            throw new TooSlow(events.size());
        }
    }

    /**
     * Parks the event for its own failure; on a log it holds back what follows it for the same
     * customer. False when it is parked already.
     */
    boolean parkFailed(
            EventConsumer consumer,
            Topic topic,
            ConsumerRecord<byte[], byte[]> record,
            RuntimeException failure) {
        UUID customer = RecordReader.place(topic, record).customer();
        String code = EventFailures.code(failure);
        boolean added = parking.park(consumer.name(), record, customer, code, detail(failure));
        if (added && !topic.compacted()) {
            Map<UUID, Progress> progress =
                    progressTable.lock(consumer.name(), record.topic(), Set.of(customer));
            progress.values().forEach(Progress::park);
            progressTable.store(consumer.name(), record.topic(), progress.values());
        }
        return added;
    }

    static String detail(RuntimeException failure) {
        // Only our own refusals are known to quote no personal data; a database's message quotes
        // the row.
        return failure instanceof Refusal refusal ? refusal.detail() : "";
    }
}
