package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PaceTest {

    @Test
    void the_next_begins_no_sooner_than_the_pace_says() {
        Duration least = Duration.ofMillis(40);
        Pace pace = new Pace(least);
        long begun = System.nanoTime();
        pace.begin();

        pace.rest();

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(least.toNanos());
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void the_first_waits_for_nothing() {
        Pace pace = new Pace(Duration.ofHours(1));

        pace.rest();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void who_is_interrupted_goes_on_and_knows_it() {
        Pace pace = new Pace(Duration.ofHours(1));
        pace.begin();
        Thread.currentThread().interrupt();

        pace.rest();

        assertThat(Thread.interrupted()).isTrue();
    }
}
