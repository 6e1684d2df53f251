package io.rapport.platform.event;

import io.rapport.platform.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents in Kafka binary content mode, and refuses a record that cannot be an event of
 * the suite. The refusal quotes nothing of its content.
 */
final class RecordReader {

    /** Whose event it is, and its sequence (on a compacted topic: version). */
    record Place(UUID customer, long sequence) {}

    private static final int MAX_HEADER = 256;
    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private final int maxEventBytes;

    RecordReader(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Known of a record that the topic's service wrote, also when the rest of it cannot be read;
     * refuses any other record.
     */
    static Place place(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        UUID customer = uuid(record, CloudEventHeaders.SUBJECT);
        if (!topic.source().equals(text(record, CloudEventHeaders.SOURCE))) {
            throw Refusal.invalid("wrong-source", "the source is not " + topic.source());
        }
        if (record.key() == null || !customer.toString().equals(utf8(record.key(), "key"))) {
            throw Refusal.invalid("wrongly-keyed", "the key is not the subject");
        }
        return new Place(
                customer,
                number(
                        record,
                        topic.compacted()
                                ? CloudEventHeaders.VERSION
                                : CloudEventHeaders.CUSTOMER_SEQUENCE));
    }

    ReceivedEvent read(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        Place place = place(topic, record);
        if (record.serializedValueSize() > maxEventBytes) {
            throw Refusal.invalid(
                    "event-too-large",
                    record.serializedValueSize() + " bytes, at most " + maxEventBytes);
        }
        if (record.value() == null && !topic.compacted()) {
            throw Refusal.invalid("event-without-payload", "an event on a log has a payload");
        }
        return new ReceivedEvent(
                topic,
                uuid(record, CloudEventHeaders.ID),
                text(record, CloudEventHeaders.TYPE),
                place.customer(),
                time(record),
                place.sequence(),
                cause(record),
                record.value() == null ? null : utf8(record.value(), "payload"));
    }

    private static Cause cause(ConsumerRecord<byte[], byte[]> record) {
        int hops = header(record, CloudEventHeaders.HOPS) == null ? 0 : hops(record);
        return new Cause(
                header(record, CloudEventHeaders.CORRELATION_ID),
                header(record, CloudEventHeaders.CAUSATION_ID) == null
                        ? null
                        : uuid(record, CloudEventHeaders.CAUSATION_ID),
                hops,
                header(record, CloudEventHeaders.TRACEPARENT));
    }

    private static int hops(ConsumerRecord<byte[], byte[]> record) {
        String hops = text(record, CloudEventHeaders.HOPS);
        if (!hops.matches("[0-8]")) {
            throw Refusal.invalid(
                    "invalid-attribute", CloudEventHeaders.HOPS + " is not between 0 and 8");
        }
        return Integer.parseInt(hops);
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        try {
            Instant time = Instant.parse(text(record, CloudEventHeaders.TIME));
            if (!time.isBefore(FIRST_TIME) && time.isBefore(AFTER_LAST_TIME)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Told below, as for a time that no database and no calendar holds.
        }
        throw Refusal.invalid(
                "invalid-attribute",
                CloudEventHeaders.TIME + " is no time in UTC in the years 0001 to 9999");
    }

    private static UUID uuid(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = text(record, name);
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for a text that only resembles a UUID.
        }
        throw Refusal.invalid("invalid-attribute", name + " is no UUID in lower case");
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = text(record, name);
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw Refusal.invalid("invalid-attribute", name + " is no number from 1 on");
        }
        return Long.parseLong(text);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = header(record, name);
        if (text == null || text.isEmpty()) {
            throw Refusal.invalid("missing-attribute", name + " is missing");
        }
        return text;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        // Reactions copy headers into what they publish, which must fit into a record again.
        String text = utf8(header.value(), name);
        if (text.length() > MAX_HEADER) {
            throw Refusal.invalid(
                    "invalid-attribute", name + " has more than " + MAX_HEADER + " characters");
        }
        return text;
    }

    private static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("not-utf-8", "the " + what + " is not UTF-8");
        }
    }
}
