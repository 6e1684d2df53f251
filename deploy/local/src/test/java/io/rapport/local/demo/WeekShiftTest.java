package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeekShiftTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2011, 12, 9);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2011-12-10",
                "2011-12-16",
                "2011-12-17",
                "2026-11-20",
                "2026-11-21",
                "2026-11-27",
                "2026-11-28"
            })
    void the_last_day_comes_to_lie_in_the_seven_days_before_today(LocalDate today) {
        LocalDate shifted = LAST_DAY.plusWeeks(WeekShift.toPastWeek(LAST_DAY, today).weeks());
        assertThat(shifted).isBetween(today.minusDays(7), today.minusDays(1));
        assertThat(shifted.getDayOfWeek()).isEqualTo(LAST_DAY.getDayOfWeek());
    }

    @Test
    void dates_that_lie_ahead_are_moved_back() {
        LocalDate today = LocalDate.of(2011, 12, 1);
        assertThat(WeekShift.toPastWeek(LAST_DAY, today)).isEqualTo(new WeekShift(-2));
    }

    @Test
    void a_shift_once_chosen_is_kept_for_files_that_end_on_the_same_day(@TempDir Path folder) {
        Path file = folder.resolve("demo-shift");
        WeekShift first = WeekShift.kept(file, LAST_DAY, at("2026-11-21T12:00:00Z"));
        assertThat(WeekShift.kept(file, LAST_DAY, at("2027-02-01T12:00:00Z"))).isEqualTo(first);
        WeekShift other =
                WeekShift.kept(file, LocalDate.of(2027, 1, 20), at("2027-02-01T12:00:00Z"));
        assertThat(other).isEqualTo(new WeekShift(1));
        assertThat(WeekShift.kept(file, LAST_DAY, at("2027-03-01T12:00:00Z"))).isEqualTo(first);
    }

    @Test
    void shop_time_is_the_united_kingdoms_in_winter_and_in_summer() {
        assertThat(WeekShift.NONE.instantOf(LocalDateTime.of(2010, 12, 1, 8, 26)))
                .isEqualTo(Instant.parse("2010-12-01T08:26:00Z"));
        assertThat(WeekShift.NONE.instantOf(LocalDateTime.of(2011, 7, 1, 8, 26)))
                .isEqualTo(Instant.parse("2011-07-01T07:26:00Z"));
    }

    @Test
    void a_shift_keeps_the_hour_on_the_shops_clock() {
        assertThat(new WeekShift(26).instantOf(LocalDateTime.of(2010, 12, 1, 8, 26)))
                .isEqualTo(Instant.parse("2011-06-01T07:26:00Z"));
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
