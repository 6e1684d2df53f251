package io.rapport.platform.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it is kept in a table, byte for byte (JSON with Base64), so that it can be
 * applied later.
 */
record RecordImage(
        int partition,
        long offset,
        byte @Nullable [] key,
        Map<String, byte[]> headers,
        byte @Nullable [] value) {

    static byte[] of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return EventJson.write(
                        new RecordImage(
                                record.partition(),
                                record.offset(),
                                record.key(),
                                headers,
                                record.value()))
                .getBytes(StandardCharsets.UTF_8);
    }

    static ConsumerRecord<byte[], byte[]> read(byte[] image, String topic) {
        try {
            RecordImage record = EventJson.reader(RecordImage.class).readValue(image);
            RecordHeaders headers = new RecordHeaders();
            record.headers.forEach(headers::add);
            int size = record.value == null ? -1 : record.value.length;
            return new ConsumerRecord<>(
                    topic,
                    record.partition,
                    record.offset,
                    ConsumerRecord.NO_TIMESTAMP,
                    TimestampType.NO_TIMESTAMP_TYPE,
                    0,
                    size,
                    record.key,
                    record.value,
                    headers,
                    Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "a record that this service has kept is not readable", e);
        }
    }
}
