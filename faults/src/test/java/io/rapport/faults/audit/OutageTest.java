package io.rapport.faults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void who_recovers_within_ten_seconds_is_clean() {
        assertThat(Outage.recovery(Map.of("loyalty-service", Duration.ofSeconds(10)))).isEmpty();
    }

    @Test
    void who_recovers_later_is_found() {
        assertThat(
                        Outage.recovery(
                                Map.of(
                                        "loyalty-service", Duration.ofMillis(10_100),
                                        "customer-service", Duration.ofMillis(300))))
                .extracting(Finding::toString)
                .containsExactly(
                        "recovery: loyalty-service took a write and answered a read after 10.1 s,"
                                + " at most 10 s");
    }

    @Test
    void whom_poison_holds_up_is_found() {
        Map<String, Duration> took =
                Map.of(
                        "context in customer-service", Duration.ofSeconds(5),
                        "earning in loyalty-service", Duration.ofSeconds(60));
        assertThat(Outage.behindPoison(took))
                .extracting(Finding::toString)
                .containsExactly(
                        "poison: earning in loyalty-service applied what others wrote behind it"
                                + " after 60.0 s, at most 5 s");
    }

    @Test
    void a_service_that_is_not_ready_is_found() {
        assertThat(
                        Outage.readiness(
                                Map.of(
                                        "customer-service", 200,
                                        "feedback-service", 503)))
                .extracting(Finding::toString)
                .containsExactly("readiness: feedback-service answered 503");
        assertThat(Outage.readiness(Map.of("loyalty-service", 0))).hasSize(1);
    }

    @Test
    void memory_that_grows_by_more_than_heap_and_buffers_may_is_found() {
        Map<String, Long> before = Map.of("customer-service", 180L);
        assertThat(Outage.memory(before, Map.of("customer-service", 276L))).isEmpty();
        assertThat(Outage.memory(before, Map.of("customer-service", 277L)))
                .extracting(Finding::toString)
                .containsExactly(
                        "memory: customer-service had 180 MiB and then 277, at most 96 MiB more");
    }

    @Test
    void a_service_without_memory_at_the_end_is_found() {
        assertThat(Outage.memory(Map.of("customer-service", 180L), Map.of())).hasSize(1);
    }
}
