package io.rapport.interaction;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Days in UTC of which a report tells: from the first on, up to and without the last. */
public record ReportWindow(LocalDate from, LocalDate to) {

    private static final int MOST_DAYS = 366;
    private static final int USUAL_DAYS = 30;

    /** Reads what a caller asks for; without words of its own the last 30 days with today. */
    public static ReportWindow parse(@Nullable String from, @Nullable String to, LocalDate today) {
        LocalDate end = to == null ? today.plusDays(1) : day("to", to);
        LocalDate begin = from == null ? end.minusDays(USUAL_DAYS) : day("from", from);
        ReportWindow window = new ReportWindow(begin, end);
        if (!begin.isBefore(end) || window.length() > MOST_DAYS) {
            throw refusal("from", "must lie before 'to', by " + MOST_DAYS + " days at most");
        }
        return window;
    }

    public int days() {
        return Math.toIntExact(length());
    }

    private long length() {
        return ChronoUnit.DAYS.between(from, to);
    }

    private static LocalDate day(String parameter, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1900 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // Told below, with what a day looks like.
        }
        throw refusal(parameter, "must be a day such as 2026-11-20, in the years 1900 to 9999");
    }

    private static Refusal refusal(String parameter, String reason) {
        return Refusal.invalid(
                "invalid-filter",
                "There is no report like this.",
                new FieldError(parameter, reason));
    }
}
