package io.rapport.customer.preference;

import io.rapport.customer.profile.Preference;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hours of each day, by the customer's clock, in which we do not turn to them: from the first
 * time on and until the second, which is the next day's when it is not later.
 */
record QuietHours(LocalTime from, LocalTime to) {

    static final String RULE =
            "must be {\"from\": a time, \"to\": another one}, in hours and minutes, as in 22:00 and 07:30";

    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}");

    static Optional<QuietHours> of(Object value) {
        if (value instanceof Map<?, ?> members
                && members.size() == 2
                && members.get("from") instanceof String from
                && members.get("to") instanceof String to
                && TIME.matcher(from).matches()
                && TIME.matcher(to).matches()
                && !from.equals(to)) {
            try {
                return Optional.of(new QuietHours(LocalTime.parse(from), LocalTime.parse(to)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** How long they are. */
    long minutes() {
        return Math.floorMod(
                Duration.between(from, to).toMinutes(), Duration.ofDays(1).toMinutes());
    }

    /** Of one that is kept. */
    static QuietHours of(Preference preference) {
        return of(preference.value()).orElseThrow();
    }

    /**
     * When the quiet that {@code at} lies in is over; empty when it does not lie in any. What the
     * clock shows decides: an hour that it shows twice is quiet twice, and when it leaps over the
     * end, the quiet ends with the leap.
     */
    Optional<Instant> endOfQuiet(Instant at, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        boolean late = !local.toLocalTime().isBefore(from);
        boolean early = local.toLocalTime().isBefore(to);
        boolean acrossMidnight = to.isBefore(from);
        if (acrossMidnight ? !late && !early : !late || !early) {
            return Optional.empty();
        }
        LocalDate day =
                acrossMidnight && late ? local.toLocalDate().plusDays(1) : local.toLocalDate();
        return Optional.of(end(day.atTime(to), at, zone));
    }

    private static Instant end(LocalDateTime local, Instant after, ZoneId zone) {
        ZoneOffsetTransition leap = zone.getRules().getTransition(local);
        if (leap != null && leap.isGap()) {
            return leap.getInstant();
        }
        ZonedDateTime end = local.atZone(zone);
        return end.toInstant().isAfter(after)
                ? end.toInstant()
                : end.withLaterOffsetAtOverlap().toInstant();
    }
}
