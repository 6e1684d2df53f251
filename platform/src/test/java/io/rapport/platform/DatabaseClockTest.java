package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The time is the database's, and what is written of it is read back the same. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DatabaseClockTest {

    private static final Duration EXACT = Duration.ofMillis(300);

    @Inject DatabaseClock clock;
    @Inject Jdbi jdbi;

    @Test
    void the_clock_says_what_the_database_says() {
        Instant database =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery("SELECT clock_timestamp()")
                                        .mapTo(Instant.class)
                                        .one());

        assertThat(Duration.between(database, clock.instant()).abs()).isLessThan(EXACT);
    }

    @Test
    void the_clock_goes_on_between_measurements_in_microseconds() throws InterruptedException {
        Instant before = clock.instant();
        TimeUnit.MILLISECONDS.sleep(20);
        Instant after = clock.instant();

        assertThat(Duration.between(before, after))
                .isBetween(Duration.ofMillis(15), Duration.ofSeconds(5));
        assertThat(after).isEqualTo(after.truncatedTo(ChronoUnit.MICROS));
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isAfterOrEqualTo(after);
    }

    @Test
    void a_time_is_cut_to_what_the_database_keeps() {
        for (String time :
                new String[] {
                    "2026-11-21T10:15:30.123456999Z",
                    "0001-01-01T00:00:00Z",
                    "1582-10-10T00:00:00Z",
                    "9999-12-31T23:59:59.999999Z"
                }) {
            Instant kept =
                    jdbi.withHandle(
                            handle ->
                                    handle.createQuery("SELECT :time::timestamptz")
                                            .bind("time", Instant.parse(time))
                                            .mapTo(Instant.class)
                                            .one());
            assertThat(kept).isEqualTo(Instant.parse(time.replace("456999Z", "456Z")));
        }
    }
}
