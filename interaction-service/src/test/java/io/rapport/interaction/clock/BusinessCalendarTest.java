package io.rapport.interaction.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.interaction.clock.BusinessCalendar.Hours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Business time, by named cases and by random calendars around the changes of clocks. */
class BusinessCalendarTest {

    private static final List<String> ZONES =
            List.of(
                    "Europe/London",
                    "America/New_York",
                    "Asia/Kolkata",
                    "Australia/Lord_Howe",
                    "Africa/Cairo",
                    "UTC");
    private static final int CASES = 400;

    private final long seed = Long.getLong("rapport.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    // In 2026 London's clocks skip from 01:00 on 29 March, and repeat from 01:00 on 25 October.
    @ParameterizedTest
    @CsvSource({
        // Friday afternoon until Monday morning
        "2026-11-20T16:00:00Z, PT1H30M,    2026-11-20T17:30:00Z",
        "2026-11-20T16:00:00Z, PT1H30M1S,  2026-11-23T09:00:01Z",
        "2026-11-21T12:00:00Z, PT1H,       2026-11-23T10:00:00Z",
        "2026-11-20T03:00:00Z, PT8H30M,    2026-11-20T17:30:00Z",
        // over a holiday, Friday 25 December
        "2026-12-24T17:00:00Z, PT1H,       2026-12-28T09:30:00Z",
        // in summer time
        "2026-07-06T07:59:00Z, PT1M,       2026-07-06T08:01:00Z",
        "2026-03-27T17:00:00Z, PT31M,      2026-03-30T08:01:00Z",
        "2026-10-23T16:00:00Z, PT31M,      2026-10-26T09:01:00Z",
    })
    void an_office_in_london_is_open_from_nine_to_half_past_five(
            Instant from, Duration work, Instant due) {
        BusinessCalendar office = office();

        assertThat(office.after(from, work)).contains(due);
        assertThat(office.between(from, due)).isEqualTo(work);
    }

    @ParameterizedTest
    @CsvSource({
        // The night of 29 March has no 01:00 to 02:00, that of 25 October has it twice.
        "2026-03-29, 00:00, 03:00, PT2H",
        "2026-03-29, 01:15, 01:45, PT0S",
        "2026-03-29, 01:30, 02:30, PT30M",
        "2026-03-29, 00:30, 01:30, PT30M",
        "2026-10-25, 00:00, 03:00, PT4H",
        "2026-10-25, 00:00, 00:00, PT25H",
        "2026-03-29, 00:00, 00:00, PT23H",
        "2026-06-07, 00:00, 00:00, PT24H",
        "2026-06-07, 22:00, 00:00, PT2H",
    })
    void a_day_on_which_clocks_change_is_as_long_as_it_is(
            LocalDate sunday, LocalTime from, LocalTime to, Duration worked) {
        ZoneId london = ZoneId.of("Europe/London");
        BusinessCalendar calendar =
                new BusinessCalendar(
                        london, List.of(new Hours(DayOfWeek.SUNDAY, from, to)), Set.of());
        Instant start = sunday.minusDays(1).atStartOfDay(london).toInstant();

        assertThat(calendar.between(start, start.plus(Duration.ofDays(3)))).isEqualTo(worked);
    }

    @Test
    void nobody_ever_works_without_hours() {
        BusinessCalendar never = new BusinessCalendar(ZoneId.of("UTC"), List.of(), Set.of());
        Instant now = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(never.after(now, Duration.ofMillis(1))).isEmpty();
        assertThat(never.between(now, now.plus(Duration.ofDays(400)))).isZero();
    }

    @Test
    void what_lies_beyond_all_days_that_are_looked_at_is_never_due() {
        BusinessCalendar minutes =
                new BusinessCalendar(
                        ZoneId.of("UTC"),
                        List.of(
                                new Hours(
                                        DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.of(9, 1))),
                        Set.of());
        Instant now = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(minutes.after(now, Duration.ofMinutes(1_043))).isPresent();
        assertThat(minutes.after(now, Duration.ofMinutes(1_045))).isEmpty();
    }

    @Test
    void around_the_clock_business_time_is_time() {
        for (int i = 0; i < CASES; i++) {
            BusinessCalendar always = new BusinessCalendar(zone(), always(), Set.of());
            Instant from = instant();
            Duration time = Duration.ofSeconds(1 + random.nextInt(4_000_000));

            assertThat(always.between(from, from.plus(time)))
                    .as(told(always, from))
                    .isEqualTo(time);
            assertThat(always.after(from, time)).as(told(always, from)).contains(from.plus(time));
        }
    }

    @Test
    void what_is_due_after_some_work_is_the_first_instant_at_which_it_is_done() {
        for (int i = 0; i < CASES; i++) {
            BusinessCalendar calendar = calendar();
            Instant from = instant();
            Duration work = Duration.ofMillis(1 + random.nextInt(400_000_000));

            Optional<Instant> due = calendar.after(from, work);

            assertThat(due).as(told(calendar, from)).isPresent();
            assertThat(calendar.between(from, due.orElseThrow()))
                    .as(told(calendar, from))
                    .isEqualTo(work);
            assertThat(calendar.between(from, due.orElseThrow().minusMillis(1)))
                    .as(told(calendar, from))
                    .isEqualTo(work.minusMillis(1));
        }
    }

    @Test
    void business_time_adds_up_and_is_never_more_than_time() {
        for (int i = 0; i < CASES; i++) {
            BusinessCalendar calendar = calendar();
            List<Instant> times = Stream.generate(this::instant).limit(3).sorted().toList();

            Duration first = calendar.between(times.get(0), times.get(1));
            Duration second = calendar.between(times.get(1), times.get(2));

            assertThat(calendar.between(times.get(0), times.get(2)))
                    .as(told(calendar, times.get(0)))
                    .isEqualTo(first.plus(second))
                    .isLessThanOrEqualTo(Duration.between(times.get(0), times.get(2)));
            assertThat(calendar.between(times.get(1), times.get(0))).isZero();
        }
    }

    /** Counted minute by minute, by what a clock on the wall would show. */
    @Test
    void each_minute_counts_that_lies_within_the_hours_of_a_day_that_is_no_holiday() {
        for (int i = 0; i < 40; i++) {
            BusinessCalendar calendar = calendar();
            Instant from = Instant.ofEpochSecond(instant().getEpochSecond() / 60 * 60);
            int minutes = 1 + random.nextInt(4_000);
            long worked = 0;
            for (int minute = 0; minute < minutes; minute++) {
                ZonedDateTime time = from.plusSeconds(60L * minute).atZone(calendar.zone());
                if (isRepeated(time)) {
                    worked = -1;
                    break;
                }
                worked += isOpen(calendar, time) ? 1 : 0;
            }
            if (worked >= 0) {
                assertThat(calendar.between(from, from.plusSeconds(60L * minutes)))
                        .as(told(calendar, from))
                        .isEqualTo(Duration.ofMinutes(worked));
            }
        }
    }

    @Test
    void hours_overlap_where_they_share_a_minute() {
        Hours morning = hours("09:00", "12:00");

        assertThat(morning.overlaps(hours("11:59", "13:00"))).isTrue();
        assertThat(morning.overlaps(hours("12:00", "13:00"))).isFalse();
        assertThat(hours("12:00", "00:00").overlaps(hours("23:00", "23:30"))).isTrue();
        assertThat(hours("23:00", "00:00").overlaps(hours("22:00", "23:00"))).isFalse();
        assertThat(morning.overlaps(new Hours(DayOfWeek.TUESDAY, morning.from(), morning.to())))
                .isFalse();
        assertThat(hours("09:00", "09:00").isPossible()).isFalse();
        assertThat(hours("00:00", "00:00").isPossible()).isTrue();
    }

    /** In an hour that is there twice the wall says the same for two instants. */
    private static boolean isRepeated(ZonedDateTime time) {
        return time.getZone().getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
    }

    private static boolean isOpen(BusinessCalendar calendar, ZonedDateTime time) {
        LocalTime wall = time.toLocalTime();
        return !calendar.holidays().contains(time.toLocalDate())
                && calendar.hours().stream()
                        .anyMatch(
                                hours ->
                                        hours.day() == time.getDayOfWeek()
                                                && !wall.isBefore(hours.from())
                                                && (hours.toMidnight()
                                                        || wall.isBefore(hours.to())));
    }

    private static BusinessCalendar office() {
        return new BusinessCalendar(
                ZoneId.of("Europe/London"),
                Stream.of(DayOfWeek.values())
                        .limit(5)
                        .map(day -> new Hours(day, LocalTime.of(9, 0), LocalTime.of(17, 30)))
                        .toList(),
                Set.of(LocalDate.of(2026, 12, 25)));
    }

    private static Hours hours(String from, String to) {
        return new Hours(DayOfWeek.MONDAY, LocalTime.parse(from), LocalTime.parse(to));
    }

    private static List<Hours> always() {
        return Stream.of(DayOfWeek.values())
                .map(day -> new Hours(day, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))
                .toList();
    }

    /** Open on some days, up to twice a day, also at night when clocks change. */
    private BusinessCalendar calendar() {
        List<Hours> hours = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (hours.isEmpty() || random.nextInt(3) > 0) {
                int first = random.nextInt(8 * 60);
                int second = 9 * 60 + random.nextInt(6 * 60);
                hours.add(new Hours(day, time(first), time(first + 1 + random.nextInt(60))));
                hours.add(
                        new Hours(
                                day,
                                time(second),
                                random.nextBoolean()
                                        ? LocalTime.MIDNIGHT
                                        : time(second + 1 + random.nextInt(8 * 60))));
            }
        }
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            holidays.add(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365)));
        }
        return new BusinessCalendar(zone(), hours, holidays);
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay(60L * minutes);
    }

    private ZoneId zone() {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    /** Half of them within two days of London's changes. */
    private Instant instant() {
        Instant start =
                Instant.parse(
                        switch (random.nextInt(4)) {
                            case 0 -> "2026-03-28T01:00:00Z";
                            case 1 -> "2026-10-24T01:00:00Z";
                            default -> "2026-01-01T00:00:00Z";
                        });
        int most = start.equals(Instant.parse("2026-01-01T00:00:00Z")) ? 31_000_000 : 172_800;
        return start.plusMillis(1_000L * random.nextInt(most) + random.nextInt(1_000));
    }

    private String told(BusinessCalendar calendar, Instant from) {
        return "seed %d, from %s, %s".formatted(seed, from, calendar);
    }
}
