package io.rapport.platform.event;

import io.rapport.platform.Columns;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The oldest rows of the outbox, in position order, as records for the broker. */
final class RelayBatch {

    record Row(long position, ProducerRecord<byte[], byte[]> message) {}

    private static final String SELECT =
            """
            SELECT * FROM (
                SELECT position, id, topic, customer_id, type, time, sequence, version,
                       correlation_id, causation_id, hops, traceparent, payload,
                       sum(coalesce(octet_length(payload), 0)) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING)
                           - coalesce(octet_length(payload), 0) AS bytes_before
                FROM outbox ORDER BY position LIMIT :batch) AS oldest
            WHERE bytes_before < :bytes ORDER BY position""";

    // One statement: the lease is checked (and renewed), the rows go, and the offsets reached are
    // kept, or none of it. None of it either where the broker wrote below an offset that it had
    // reached before: then the topic was made anew, or has lost its end.
    private static final String REMOVE =
            """
            WITH held AS (
                UPDATE relay_lease SET until = clock_timestamp() + :lease
                WHERE holder = :holder AND epoch = :epoch AND NOT EXISTS (
                    SELECT FROM unnest(:topics, :partitions, :offsets) AS w (topic, partition, written)
                    JOIN relay_offset AS r USING (topic, partition) WHERE w.written < r.next_offset)
                RETURNING epoch),
            removed AS (
                DELETE FROM outbox WHERE position = ANY(:positions) AND EXISTS (SELECT FROM held)),
            reached AS (
                INSERT INTO relay_offset AS r (topic, partition, next_offset)
                SELECT topic, partition, max(written) + 1
                FROM unnest(:topics, :partitions, :offsets) AS w (topic, partition, written)
                WHERE EXISTS (SELECT FROM held) GROUP BY topic, partition
                ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(r.next_offset, excluded.next_offset))
            SELECT count(*) FROM held""";

    private final List<Row> rows;

    private RelayBatch(List<Row> rows) {
        this.rows = rows;
    }

    static RelayBatch oldest(Jdbi jdbi, String source, RelayConfig config) {
        return new RelayBatch(
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("batch", config.batch())
                                        .bind("bytes", config.batchBytes())
                                        .map((result, context) -> row(result, source))
                                        .list()));
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * Removes the rows after the broker has committed them; false when the lease was lost, or the
     * topic is not as long as it was, and they stay.
     */
    boolean remove(
            Jdbi jdbi, UUID holder, long epoch, Duration lease, List<RecordMetadata> written) {
        Columns<RecordMetadata> columns =
                Columns.of(written)
                        .add("topics", String.class, RecordMetadata::topic)
                        .add("partitions", Integer.class, RecordMetadata::partition)
                        .add("offsets", Long.class, RecordMetadata::offset);
        List<Long> positions = rows.stream().map(Row::position).toList();
        return jdbi.withHandle(
                        handle ->
                                columns.bindTo(handle.createQuery(REMOVE))
                                        .bind("lease", lease)
                                        .bind("holder", holder)
                                        .bind("epoch", epoch)
                                        .bindArray("positions", Long.class, positions)
                                        .mapTo(long.class)
                                        .one())
                == 1;
    }

    private static Row row(ResultSet result, String source) throws SQLException {
        String customer = result.getString("customer_id");
        String payload = result.getString("payload");
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(
                        result.getString("topic"),
                        null,
                        utf8(customer),
                        payload == null ? null : utf8(payload));
        Headers headers = message.headers();
        headers.add(CloudEventHeaders.SPEC_VERSION, utf8("1.0"));
        headers.add(CloudEventHeaders.ID, utf8(result.getString("id")));
        headers.add(CloudEventHeaders.SOURCE, utf8(source));
        headers.add(CloudEventHeaders.TYPE, utf8(result.getString("type")));
        headers.add(CloudEventHeaders.SUBJECT, utf8(customer));
        headers.add(
                CloudEventHeaders.TIME,
                utf8(
                        result.getObject("time", java.time.OffsetDateTime.class)
                                .toInstant()
                                .toString()));
        add(headers, CloudEventHeaders.CUSTOMER_SEQUENCE, result.getString("sequence"));
        add(headers, CloudEventHeaders.VERSION, result.getString("version"));
        headers.add(CloudEventHeaders.CORRELATION_ID, utf8(result.getString("correlation_id")));
        add(headers, CloudEventHeaders.CAUSATION_ID, result.getString("causation_id"));
        headers.add(CloudEventHeaders.HOPS, utf8(result.getString("hops")));
        add(headers, CloudEventHeaders.TRACEPARENT, result.getString("traceparent"));
        headers.add(CloudEventHeaders.CONTENT_TYPE, utf8("application/json"));
        return new Row(result.getLong("position"), message);
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, utf8(value));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
