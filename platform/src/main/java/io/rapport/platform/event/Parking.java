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

    Parking(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** False when it lies there already: then it must not be counted again. */
    boolean park(
            String consumer,
            ConsumerRecord<byte[], byte[]> record,
            @Nullable UUID customer,
            String cause,
            String detail) {
        int parked =
                jdbi.withHandle(
                        h ->
                                h.createUpdate(
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
                                        .bind("detail", bounded(detail))
                                        .bind("record", RecordImage.of(record))
                                        .execute());
        LOG.warnf(
                "%s parked %s-%d@%d: %s",
                consumer, record.topic(), record.partition(), record.offset(), cause);
        return parked == 1;
    }

    private static String bounded(String detail) {
        return detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
    }
}
