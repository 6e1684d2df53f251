package io.rapport.platform.event;

import io.rapport.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events that can never be applied as they are, and what came after them for the same
 * customer.
 */
@ApplicationScoped
class Parking {

    /** An event as it was read, by whom, and whose it is if that can be told. */
    public record Parked(String consumer, String topic, @Nullable UUID customerId, byte[] record) {

        ConsumerRecord<byte[], byte[]> image() {
            return RecordImage.read(record, topic);
        }
    }

    private static final Logger LOG = Logger.getLogger(Parking.class);
    private static final int MAX_DETAIL = 500;

    private final Jdbi jdbi;
    private final TransactionSynchronizationRegistry transactions;

    Parking(Jdbi jdbi, TransactionSynchronizationRegistry transactions) {
        this.jdbi = jdbi;
        this.transactions = transactions;
    }

    /**
     * False when it lies there already, or a copy of it from another place, such as a tombstone
     * from another partition: then it must not be counted again. Stops the consumer when another
     * lies in its place, for the topic is then not the one that was read.
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
                                                    (id, consumer, topic, partition, "offset", customer_id, content, cause, detail, record)
                                                VALUES (:id, :consumer, :topic, :partition, :offset, :customer, :content, :cause, :detail, :record)
                                                ON CONFLICT DO NOTHING""")
                                        .bind("id", Ids.next())
                                        .bind("consumer", consumer)
                                        .bind("topic", record.topic())
                                        .bind("partition", record.partition())
                                        .bind("offset", record.offset())
                                        .bind("customer", customer)
                                        .bind("content", RecordImage.content(record))
                                        .bind("cause", cause)
                                        .bind("detail", bounded(detail))
                                        .bind("record", image)
                                        .execute());
        if (parked == 0 && !lies(consumer, record, image)) {
            throw new ConsumerStopped(
                    "another event is parked as %s-%d@%d: that topic was made anew"
                            .formatted(record.topic(), record.partition(), record.offset()));
        }
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        transactions.registerInterposedSynchronization(
                new AfterCommit(() -> LOG.warnf("%s parked %s: %s", consumer, place, cause)));
        return parked == 1;
    }

    /** What was parked without its content counts as the same, and so does a copy elsewhere. */
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
                                .findOne()
                                .orElse(true));
    }

    /** The event, while it is parked. */
    Optional<Parked> find(UUID id) {
        return parked(
                """
                SELECT consumer, topic, customer_id, record FROM parked_event
                WHERE id = ? AND record IS NOT NULL""",
                id);
    }

    /** The event, which then is not parked any more. */
    Optional<Parked> take(UUID id) {
        return parked(
                """
                DELETE FROM parked_event WHERE id = ? AND record IS NOT NULL
                RETURNING consumer, topic, customer_id, record""",
                id);
    }

    private Optional<Parked> parked(String sql, UUID id) {
        return jdbi.withHandle(
                h -> h.select(sql, id).map(ConstructorMapper.of(Parked.class)).findOne());
    }

    /**
     * Forgets what lies there of these topics for these customers, whichever consumer parked it,
     * and what may be theirs, since nobody can tell whose it is.
     */
    void erase(Collection<String> topics, Collection<UUID> customers) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        DELETE FROM parked_event WHERE topic = ANY(:topics)
                                          AND (customer_id = ANY(:customers) OR customer_id IS NULL)""")
                                .bindArray("topics", String.class, topics)
                                .bindArray("customers", UUID.class, customers)
                                .execute());
    }

    /** Forgets what one consumer parked of a compacted topic: of the customer, before this. */
    void supersede(String consumer, String topic, UUID customer) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "DELETE FROM parked_event WHERE customer_id = ? AND consumer = ? AND topic = ?",
                                customer,
                                consumer,
                                topic));
    }

    /** Keeps why it cannot be applied now. */
    void refuse(UUID id, String cause, String detail) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE parked_event SET cause = ?, detail = ? WHERE id = ?",
                                cause,
                                bounded(detail),
                                id));
    }

    private static String bounded(String detail) {
        return detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
    }
}
