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

    /**
     * False when it lies there already: then it must not be counted again. Stops the consumer when
     * another lies in its place, for the topic is then not the one that was read.
     */
    boolean park(
            String consumer,
            ConsumerRecord<byte[], byte[]> record,
            @Nullable UUID customer,
            String cause,
            String detail) {
        byte[] image = RecordImage.of(record);
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
                                        .bind("record", image)
                                        .execute());
        if (parked == 0 && !lies(consumer, record, image)) {
            throw new ConsumerStopped(
                    "another event is parked as %s-%d@%d: that topic was made anew"
                            .formatted(record.topic(), record.partition(), record.offset()));
        }
        LOG.warnf(
                "%s parked %s-%d@%d: %s",
                consumer, record.topic(), record.partition(), record.offset(), cause);
        return parked == 1;
    }

    /** What was parked without its content counts as the same. */
    private boolean lies(String consumer, ConsumerRecord<byte[], byte[]> record, byte[] image) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT record IS NULL OR record = :image FROM parked_event
                                        WHERE consumer = :consumer AND topic = :topic
                                          AND partition = :partition AND "offset" = :offset""")
                                .bind("image", image)
                                .bind("consumer", consumer)
                                .bind("topic", record.topic())
                                .bind("partition", record.partition())
                                .bind("offset", record.offset())
                                .mapTo(boolean.class)
                                .one());
    }

    private static String bounded(String detail) {
        return detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
    }
}
