package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The unique constraint parked_event_is_parked_once tells a record that is read again. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ParkingTest {

    @Inject Parking parking;

    private final String consumer = "probe-" + Ids.next();

    @Test
    void a_record_that_is_read_again_is_parked_once() {
        assertThat(park("{}")).isTrue();
        assertThat(park("{}")).isFalse();
    }

    @Test
    void another_record_in_the_place_of_a_parked_one_stops_the_consumer() {
        assertThat(park("{}")).isTrue();
        assertThatThrownBy(() -> park("{\"of\": \"a topic made anew\"}"))
                .isInstanceOf(ConsumerStopped.class)
                .hasMessageContaining("made anew");
    }

    /** The unique constraint parked_event_of_a_customer_is_parked_once tells a copy. */
    @Test
    void a_tombstone_that_lies_in_every_partition_is_parked_once_for_its_customer() {
        UUID customer = Ids.next();

        assertThat(park(tombstone(customer, 0), customer)).isTrue();
        assertThat(park(tombstone(customer, 1), customer)).isFalse();
        assertThat(park(record(1, 11, customer, "{}"), customer)).isTrue();
        UUID another = Ids.next();
        assertThat(park(tombstone(another, 2), another)).isTrue();
    }

    @Test
    void what_is_of_nobody_is_parked_at_each_of_its_places() {
        assertThat(park(record(3, 1, consumer, "x"), null)).isTrue();
        assertThat(park(record(3, 2, consumer, "x"), null)).isTrue();
    }

    @Test
    void only_what_is_committed_is_said_to_be_parked() {
        try (LogLines said = LogLines.of(Parking.class)) {
            assertThatThrownBy(
                            () ->
                                    QuarkusTransaction.requiringNew()
                                            .run(
                                                    () -> {
                                                        parkInTransaction();
                                                        throw new IllegalStateException("too late");
                                                    }))
                    .hasMessageContaining("too late");
            assertThat(said.lines()).noneMatch(line -> line.contains(consumer));
            QuarkusTransaction.requiringNew().run(this::parkInTransaction);
            assertThat(said.lines()).filteredOn(line -> line.contains(consumer)).hasSize(1);
        }
    }

    private void parkInTransaction() {
        parking.park(consumer, record(5, 50, consumer, "{}"), null, "any", "");
    }

    private boolean park(String value) {
        return park(record(2, 10, consumer, value), null);
    }

    private boolean park(ConsumerRecord<byte[], byte[]> record, @Nullable UUID customer) {
        return QuarkusTransaction.requiringNew()
                .call(() -> parking.park(consumer, record, customer, "any", ""));
    }

    private static ConsumerRecord<byte[], byte[]> tombstone(UUID customer, int partition) {
        return new ConsumerRecord<>("some", partition, 10, bytes(customer), null);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, Object key, String value) {
        return new ConsumerRecord<>("some", partition, offset, bytes(key), bytes(value));
    }

    private static byte[] bytes(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
