package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of records when applying them breaks off. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class EventInboxTest {

    @Inject EventInbox inbox;
    @Inject ConsumerPositions positions;

    private final TopicPartition partition = new TopicPartition("inbox-" + Ids.next(), 0);

    @Test
    void what_was_parked_before_the_surroundings_failed_counts_for_the_share() {
        String name = begin("probe-" + Ids.next());
        ParkedShare share = new ParkedShare(100, 0.05);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < 7; offset++) {
            records.add(record(offset, Ids.next()));
        }
        Consumer<ReceivedEvent> react =
                event -> {
                    if (is(records.get(5), event)) {
                        throw Refusal.unavailable("away", "The database is away.");
                    }
                    poison(event);
                };

        assertThatThrownBy(
                        () ->
                                inbox.apply(
                                        new Probe(name, react), List.of(slice(0, records)), share))
                .hasMessageContaining("away");
        assertThat(position(name)).isEqualTo(5);
        assertThatThrownBy(
                        () ->
                                inbox.apply(
                                        new Probe(name, EventInboxTest::poison),
                                        List.of(slice(5, records.subList(5, 7))),
                                        share))
                .isInstanceOf(ConsumerStopped.class)
                .hasMessageContaining("6 of the last 6 events were parked");
    }

    /** The trigger of the test's database takes the row away as soon as it is made. */
    @Test
    void an_event_whose_progress_vanishes_is_tried_again_and_not_passed_over() {
        String name = begin("vanishing");
        Probe consumer = new Probe(name, event -> {});

        assertThatThrownBy(
                        () ->
                                inbox.apply(
                                        consumer,
                                        List.of(slice(0, List.of(record(0, Ids.next())))),
                                        new ParkedShare(100, 0.05)))
                .matches(failure -> !EventFailures.ofTheEvent(failure))
                .hasMessageContaining("progress");
        assertThat(position(name)).isZero();
    }

    private static void poison(ReceivedEvent event) {
        throw Refusal.invalid("poison", event.id() + " is poison.");
    }

    private String begin(String consumer) {
        positions.begin(new Probe(consumer, event -> {}), partition, Ids.next(), 0);
        return consumer;
    }

    private long position(String consumer) {
        return positions.find(consumer, partition).orElseThrow().nextOffset();
    }

    private Slice slice(long begin, List<ConsumerRecord<byte[], byte[]>> records) {
        return new Slice(Topic.FEEDBACK, partition, begin, records.getLast().offset() + 1, records);
    }

    private static boolean is(ConsumerRecord<byte[], byte[]> record, ReceivedEvent event) {
        return new String(record.key(), StandardCharsets.UTF_8).equals(event.customer().toString());
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, UUID customer) {
        var record =
                new ConsumerRecord<>(
                        partition.topic(), 0, offset, bytes(customer.toString()), bytes("{}"));
        header(record, CloudEventHeaders.ID, Ids.next().toString());
        header(record, CloudEventHeaders.SOURCE, Topic.FEEDBACK.source());
        header(record, CloudEventHeaders.TYPE, "test.any.v1");
        header(record, CloudEventHeaders.SUBJECT, customer.toString());
        header(record, CloudEventHeaders.TIME, "2026-11-20T09:31:07Z");
        header(record, CloudEventHeaders.CUSTOMER_SEQUENCE, "1");
        return record;
    }

    private static void header(ConsumerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
