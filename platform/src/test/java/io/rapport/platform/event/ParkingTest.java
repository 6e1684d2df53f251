package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    private boolean park(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return parking.park(
                consumer, new ConsumerRecord<>("some", 2, 10, bytes, bytes), null, "any", "");
    }
}
