package io.rapport.customer.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    @ParameterizedTest(name = "{0} to {1} in {2} at {3}: until {4}")
    @CsvSource({
        // Within a day: the first minute is quiet, the last one is not.
        "12:00, 14:00, UTC, 2026-06-01T11:59:59Z, ",
        "12:00, 14:00, UTC, 2026-06-01T12:00:00Z, 2026-06-01T14:00:00Z",
        "12:00, 14:00, UTC, 2026-06-01T13:59:59Z, 2026-06-01T14:00:00Z",
        "12:00, 14:00, UTC, 2026-06-01T14:00:00Z, ",
        // Across midnight.
        "22:00, 07:30, UTC, 2026-06-01T21:59:59Z, ",
        "22:00, 07:30, UTC, 2026-06-01T22:00:00Z, 2026-06-02T07:30:00Z",
        "22:00, 07:30, UTC, 2026-06-02T00:00:00Z, 2026-06-02T07:30:00Z",
        "22:00, 07:30, UTC, 2026-06-02T07:30:00Z, ",
        "22:00, 00:00, UTC, 2026-06-01T23:59:00Z, 2026-06-02T00:00:00Z",
        "22:00, 00:00, UTC, 2026-06-02T00:00:00Z, ",
        // By the customer's clock.
        "22:00, 07:30, Europe/Berlin, 2026-06-01T20:00:00Z, 2026-06-02T05:30:00Z",
        "22:00, 07:30, Asia/Tokyo, 2026-06-01T20:00:00Z, 2026-06-01T22:30:00Z",
        "22:00, 07:30, America/New_York, 2026-06-01T20:00:00Z, ",
        // The night in which the clock leaps from 02:00 to 03:00 is an hour shorter.
        "22:00, 07:30, Europe/Berlin, 2026-03-28T21:00:00Z, 2026-03-29T05:30:00Z",
        "22:00, 02:30, Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
        "22:00, 02:30, Europe/Berlin, 2026-03-29T01:00:00Z, ",
        "02:30, 03:30, Europe/Berlin, 2026-03-29T01:10:00Z, 2026-03-29T01:30:00Z",
        // The one in which it goes back from 03:00 to 02:00 is longer, and 02:15 comes twice.
        "22:00, 07:30, Europe/Berlin, 2026-10-24T20:00:00Z, 2026-10-25T06:30:00Z",
        "22:00, 02:30, Europe/Berlin, 2026-10-25T00:15:00Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, Europe/Berlin, 2026-10-25T00:45:00Z, ",
        "22:00, 02:30, Europe/Berlin, 2026-10-25T01:15:00Z, 2026-10-25T01:30:00Z",
    })
    void quiet_is_what_the_customers_clock_shows(
            String from, String to, String zone, Instant at, Instant end) {
        QuietHours hours = QuietHours.of(Map.of("from", from, "to", to)).orElseThrow();

        assertThat(hours.endOfQuiet(at, ZoneId.of(zone)).orElse(null)).isEqualTo(end);
    }
}
