package io.rapport.operations.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ParkedContentTest {

    private final ParkedEvent event =
            new ParkedEvent(Ids.next(), "total", "log", 3, 7, null, "any", "", Instant.EPOCH);

    @Test
    void attributes_and_payload_are_shown_up_to_a_bound_and_no_other_header() {
        var record = record("no json " + "x".repeat(5_000));
        record.headers().add("ce_type", bytes("y".repeat(300)));
        record.headers().add("ce_nothing", null);
        record.headers().add("traceparent", bytes("00-a-b-01"));

        ParkedContent content = ParkedContent.of(event, record, true);

        assertThat(content.payload()).startsWith("no json xxx").hasSize(4_096);
        assertThat(content.headers()).isEqualTo(Map.of("ce_type", "y".repeat(256)));
    }

    @Test
    void what_may_be_personal_is_left_out() {
        assertThat(ParkedContent.of(event, record("Ada"), false).payload()).isNull();
    }

    @Test
    void a_record_without_payload_has_none() {
        var record = new ConsumerRecord<byte[], byte[]>("log", 3, 7, null, null);

        assertThat(ParkedContent.of(event, record, true).payload()).isNull();
    }

    private static ConsumerRecord<byte[], byte[]> record(String value) {
        return new ConsumerRecord<>("log", 3, 7, null, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
