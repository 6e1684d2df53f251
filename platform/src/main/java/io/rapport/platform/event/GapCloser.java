package io.rapport.platform.event;

import io.rapport.platform.event.ProgressTable.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies events that were kept aside, one a transaction, once what they waited for has been
 * applied.
 */
@ApplicationScoped
class GapCloser {

    private final ConsumerConfiguration config;
    private final ConsumerPositions positions;
    private final ProgressTable progressTable;
    private final EarlyEvents earlyEvents;
    private final EventDelivery delivery;
    private final RecordReader reader;

    GapCloser(
            ConsumerConfiguration config,
            ConsumerPositions positions,
            ProgressTable progressTable,
            EarlyEvents earlyEvents,
            EventDelivery delivery) {
        this.config = config;
        this.positions = positions;
        this.progressTable = progressTable;
        this.earlyEvents = earlyEvents;
        this.delivery = delivery;
        this.reader = new RecordReader(config.maxEventBytes());
    }

    /**
     * Takes up what is due for the consumer, as much as fits into a batch, and answers whether more
     * may be left; {@code topics} are those that it reads, by name.
     */
    boolean applyDue(EventConsumer consumer, Map<String, Topic> topics, BooleanSupplier stopping) {
        int left = config.batch();
        for (EarlyEvents.Due due : earlyEvents.due(consumer.name())) {
            Topic topic = topics.get(due.topic());
            while (topic != null
                    && left > 0
                    && !stopping.getAsBoolean()
                    && takeUp(consumer, topic, due)) {
                left--;
            }
        }
        return left == 0;
    }

    private boolean takeUp(EventConsumer consumer, Topic topic, EarlyEvents.Due due) {
        try {
            return delivery.inTransaction(() -> takeUp(consumer, topic, due, null));
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
            return delivery.inTransaction(() -> takeUp(consumer, topic, due, e));
        }
    }

    /**
     * The customer's first event aside is applied, or parked for {@code failure}, or dropped as a
     * repetition.
     */
    private boolean takeUp(
            EventConsumer consumer,
            Topic topic,
            EarlyEvents.Due due,
            @Nullable RuntimeException failure) {
        positions.requireFolded(consumer);
        // Whoever has the row locked is applying events of this customer: the next look finds more.
        Progress row =
                progressTable
                        .lockIfFree(consumer.name(), due.topic(), due.customerId())
                        .orElse(null);
        if (row == null || row.heldBack()) {
            return false;
        }
        var kept =
                earlyEvents.take(consumer.name(), due.topic(), due.customerId(), row.applied() + 1);
        if (kept.isEmpty()) {
            return false;
        }
        row.takeUp();
        ConsumerRecord<byte[], byte[]> record = RecordImage.read(kept.get().record(), due.topic());
        boolean repetition = kept.get().sequence() <= row.applied();
        if (!repetition && failure == null) {
            row.apply(kept.get().sequence());
            delivery.deliver(consumer, List.of(reader.read(topic, record)));
        }
        progressTable.store(consumer.name(), due.topic(), Set.of(row));
        if (!repetition && failure != null) {
            delivery.parkFailed(consumer, topic, record, failure);
        }
        return true;
    }
}
