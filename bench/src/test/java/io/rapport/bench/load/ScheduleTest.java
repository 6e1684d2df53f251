package io.rapport.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void calls_are_due_at_even_distances() {
        Schedule schedule = new Schedule(200, Duration.ofSeconds(60));
        assertThat(schedule.count()).isEqualTo(12_000);
        assertThat(schedule.dueNanos(0)).isZero();
        assertThat(schedule.dueNanos(1)).isEqualTo(5_000_000);
        assertThat(schedule.dueNanos(11_999)).isEqualTo(59_995_000_000L);
    }

    @Test
    void rates_that_do_not_divide_a_second_do_not_drift() {
        Schedule schedule = new Schedule(3, Duration.ofSeconds(1));
        assertThat(schedule.count()).isEqualTo(3);
        assertThat(schedule.dueNanos(2)).isEqualTo(666_666_666);
        assertThat(schedule.dueNanos(3)).isEqualTo(1_000_000_000);
    }
}
