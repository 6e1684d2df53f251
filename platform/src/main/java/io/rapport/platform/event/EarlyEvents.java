package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Events that came before their predecessor, kept aside until the gap closes. */
@ApplicationScoped
class EarlyEvents {

    /** A customer whose first event aside is due, because what it waited for has been applied. */
    public record Due(String topic, UUID customerId) {}

    /** The kept record and the sequence under which it waits. */
    public record Kept(long sequence, byte[] record) {}

    private static final String KEEP =
            """
            INSERT INTO early_event (consumer, topic, customer_id, sequence, record, content)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String TAKE =
            """
            DELETE FROM early_event AS e USING (
                SELECT consumer, topic, customer_id, sequence, content FROM early_event
                WHERE consumer = ? AND topic = ? AND customer_id = ? AND sequence <= ?
                ORDER BY sequence, arrived_at LIMIT 1) AS f
            WHERE (e.consumer, e.topic, e.customer_id, e.sequence, e.content)
                = (f.consumer, f.topic, f.customer_id, f.sequence, f.content)
            RETURNING e.sequence, e.record""";

    // LATERAL, so that progress is looked up for what waits and never read as a whole.
    private static final String DUE =
            """
            SELECT DISTINCT e.topic, e.customer_id FROM early_event AS e CROSS JOIN LATERAL (
                SELECT FROM consumer_progress AS p
                WHERE (p.customer_id, p.topic, p.consumer) = (e.customer_id, e.topic, e.consumer)
                  AND e.sequence <= p.applied + 1 AND p.parked = 0 LIMIT 1) AS next
            WHERE e.consumer = ? LIMIT 1000""";

    private final Jdbi jdbi;

    EarlyEvents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Keeps a record; false when the same is there already. One of the same sequence that says
     * something else, which a stranger may have written, waits beside it.
     */
    boolean keep(String consumer, RecordReader.Place place, ConsumerRecord<byte[], byte[]> record) {
        byte[] image = RecordImage.of(record);
        String topic = record.topic();
        return jdbi.withHandle(
                        h ->
                                h.execute(
                                        KEEP,
                                        consumer,
                                        topic,
                                        place.customer(),
                                        place.sequence(),
                                        image,
                                        RecordImage.content(record)))
                == 1;
    }

    /** Takes out the first event aside whose sequence is at most {@code upTo}. */
    Optional<Kept> take(String consumer, String topic, UUID customer, long upTo) {
        return jdbi.withHandle(
                handle ->
                        handle.select(TAKE, consumer, topic, customer, upTo)
                                .map(ConstructorMapper.of(Kept.class))
                                .findOne());
    }

    /** Customers for whom {@link #take} would find something, a bounded number at once. */
    List<Due> due(String consumer) {
        return jdbi.withHandle(
                handle -> handle.select(DUE, consumer).map(ConstructorMapper.of(Due.class)).list());
    }
}
