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
import org.jspecify.annotations.Nullable;

/** Hands events to their consumer, and parks the one that failed. */
@ApplicationScoped
class EventDelivery {

    private final ConsumerConfiguration config;
    private final ProgressTable progressTable;
    private final Parking parking;
    private final RecordReader reader;

    EventDelivery(ConsumerConfiguration config, ProgressTable progressTable, Parking parking) {
        this.config = config;
        this.progressTable = progressTable;
        this.parking = parking;
        this.reader = new RecordReader(config.maxEventBytes());
    }

    <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout(Math.toIntExact(config.transactionTimeout().toSeconds()))
                .call(work);
    }

    void deliver(EventConsumer consumer, List<ReceivedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        switch (consumer) {
            case Projection projection -> projection.fold(events);
            case Reaction reaction ->
                    events.forEach(
                            event ->
                                    event.cause()
                                            .reacting(event.id(), () -> reaction.react(event)));
        }
    }

    /**
     * Parks the event for its own failure; on a log it holds back what follows it for the same
     * customer.
     */
    void parkFailed(
            EventConsumer consumer,
            Topic topic,
            ConsumerRecord<byte[], byte[]> record,
            RuntimeException failure) {
        ReceivedEvent event;
        try {
            event = reader.read(topic, record);
        } catch (RecordReader.Unreadable e) {
            parking.park(consumer.name(), record, null, e.code(), e.getMessage());
            return;
        }
        parking.park(
                consumer.name(),
                record,
                event.customer(),
                EventFailures.code(failure),
                detail(failure));
        if (!topic.compacted()) {
            Map<UUID, Progress> progress =
                    progressTable.lock(consumer.name(), record.topic(), Set.of(event.customer()));
            progress.values().forEach(Progress::park);
            progressTable.store(consumer.name(), record.topic(), progress.values());
        }
    }

    private static @Nullable String detail(RuntimeException failure) {
        // Only our own refusals are known to quote no personal data; a database's message quotes
        // the row.
        return failure instanceof Refusal refusal ? refusal.detail() : null;
    }
}
