package io.rapport.platform.event;

import io.rapport.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events that can never be applied as they are, and what came after them for the same
 * customer.
 */
@ApplicationScoped
class Parking {

    private static final Logger LOG = Logger.getLogger(Parking.class);
    private static final int MAX_DETAIL = 500;

    private final Jdbi jdbi;
    private final ConsumerConfiguration config;

    Parking(Jdbi jdbi, ConsumerConfiguration config) {
        this.jdbi = jdbi;
        this.config = config;
    }

    void park(
            String consumer,
            ConsumerRecord<byte[], byte[]> record,
            @Nullable UUID customer,
            String cause,
            @Nullable String detail) {
        boolean kept = record.serializedValueSize() <= config.maxEventBytes();
        String sentence =
                detail == null ? "" : detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO parked_event
                                            (id, consumer, topic, partition, "offset", customer_id, cause, detail, record)
                                        VALUES (:id, :consumer, :topic, :partition, :offset, :customer, :cause, :detail, :record)
                                        ON CONFLICT ON CONSTRAINT parked_event_is_parked_once DO NOTHING""")
                                .bind("id", Ids.next())
                                .bind("consumer", consumer)
                                .bind("topic", record.topic())
                                .bind("partition", record.partition())
                                .bind("offset", record.offset())
                                .bind("customer", customer)
                                .bind("cause", cause)
                                .bind("detail", sentence)
                                .bind("record", kept ? RecordImage.of(record) : null)
                                .execute());
        LOG.warnf(
                "%s parked %s-%d@%d: %s",
                consumer, record.topic(), record.partition(), record.offset(), cause);
    }
}
