package io.rapport.operations.parked;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A parked event with its CloudEvents attributes, up to 256 bytes each, and the first 4,096 bytes
 * of its payload. A compacted topic may carry personal data, so its payload is absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A parked event with what it says, bounded.",
        requiredProperties = {"event", "headers"},
        examples =
                """
                {"event": {"id": "019aa5d3-9c1e-7f02-8a4b-5d6e7f809112", "consumer": "earning",
                   "topic": "rapport.interactions.v1", "partition": 3, "offset": 48151,
                   "cause": "wrong-source", "detail": "the source is not /rapport/interaction-service",
                   "parkedAt": "2026-11-20T09:31:07.250Z"},
                 "headers": {"ce_source": "/somebody/else"}, "payload": "not JSON"}""")
public record ParkedContent(
        ParkedEvent event,
        Map<String, String> headers,
        @Schema(description = "Absent where the topic may carry personal data.")
                @Nullable String payload) {

    static ParkedContent of(
            ParkedEvent event, ConsumerRecord<byte[], byte[]> record, boolean withPayload) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            if (header.key().startsWith("ce_") && header.value() != null) {
                headers.put(header.key(), text(header.value(), 256));
            }
        }
        byte[] value = withPayload ? record.value() : null;
        return new ParkedContent(event, headers, value == null ? null : text(value, 4096));
    }

    private static String text(byte[] bytes, int most) {
        return new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8);
    }
}
