package io.rapport.platform.event;

import io.rapport.platform.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** Tells records apart by what they say, wherever they lie. */
    static UUID content(ConsumerRecord<byte[], byte[]> record) {
        Fingerprint content = new Fingerprint();
        add(content, "key", record.key());
        add(content, "value", record.value());
        record.headers().forEach(header -> add(content, header.key(), header.value()));
        return content.toUuid();
    }

    private static void add(Fingerprint content, String name, byte @Nullable [] value) {
        if (value != null) {
            content.addBytes(name, value);
        }
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
