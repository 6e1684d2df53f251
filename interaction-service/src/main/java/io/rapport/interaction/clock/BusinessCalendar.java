package io.rapport.interaction.clock;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When people work: hours of the week in a time zone, but for holidays. An hour that a clock skips
 * in spring is nobody's, and one that it repeats in autumn is worked twice where it lies within the
 * hours. Never changes.
 */
record BusinessCalendar(ZoneId zone, List<Hours> hours, Set<LocalDate> holidays) {

    /** From a time of a day to another of the same day; {@code to} of 00:00 is its end. */
    record Hours(DayOfWeek day, LocalTime from, LocalTime to) {

        boolean toMidnight() {
            return to.equals(LocalTime.MIDNIGHT);
        }

        boolean isPossible() {
            return toMidnight() || from.isBefore(to);
        }

        boolean overlaps(Hours other) {
            return day == other.day
                    && (toMidnight() || other.from.isBefore(to))
                    && (other.toMidnight() || from.isBefore(other.to));
        }
    }

    /** Nothing is looked for beyond so many days: 20 years. */
    static final int HORIZON_DAYS = 7_305;

    private record Span(Instant from, Instant to) {

        /** The part that lies between these, which may be nothing. */
        Duration within(Instant start, Instant end) {
            Instant first = from.isAfter(start) ? from : start;
            Instant last = to.isBefore(end) ? to : end;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
        }
    }

    BusinessCalendar {
        hours =
                hours.stream()
                        .sorted(Comparator.comparing(Hours::day).thenComparing(Hours::from))
                        .toList();
        holidays = Set.copyOf(holidays);
    }

    /** The time worked between the two; nothing when {@code to} is not the later one. */
    Duration between(Instant from, Instant to) {
        Duration worked = Duration.ZERO;
        LocalDate last = date(to);
        for (LocalDate day = date(from); !day.isAfter(last); day = day.plusDays(1)) {
            for (Span span : spans(day)) {
                worked = worked.plus(span.within(from, to));
            }
        }
        return worked;
    }

    /**
     * When so much has been worked since; the first such instant. Empty when that is beyond all
     * that is looked for, as it is of a calendar without hours.
     *
     * @param work more than nothing
     */
    Optional<Instant> after(Instant from, Duration work) {
        Duration left = work;
        LocalDate first = date(from);
        LocalDate end = hours.isEmpty() ? first : first.plusDays(HORIZON_DAYS);
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            for (Span span : spans(day)) {
                Duration worked = span.within(from, Instant.MAX);
                if (worked.compareTo(left) >= 0) {
                    Instant start = span.from().isAfter(from) ? span.from() : from;
                    return Optional.of(start.plus(left));
                }
                left = left.minus(worked);
            }
        }
        return Optional.empty();
    }

    private LocalDate date(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    private List<Span> spans(LocalDate day) {
        if (holidays.contains(day)) {
            return List.of();
        }
        List<Span> spans = new ArrayList<>();
        for (Hours one : hours) {
            if (one.day() == day.getDayOfWeek()) {
                Instant to =
                        one.toMidnight()
                                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                                : instant(day, one.to());
                Instant from = instant(day, one.from());
                if (from.isBefore(to)) {
                    spans.add(new Span(from, to));
                }
            }
        }
        return spans;
    }

    /** A time that the day skips is the first one after the gap, one that it repeats the first. */
    private Instant instant(LocalDate day, LocalTime time) {
        ZonedDateTime meant = day.atTime(time).atZone(zone);
        var gap = zone.getRules().getTransition(day.atTime(time));
        return gap != null && gap.isGap() ? gap.getInstant() : meant.toInstant();
    }
}
