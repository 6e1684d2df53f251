package io.rapport.customer.preference;

import io.rapport.customer.profile.Preference;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** At most so many contacts within a period of days, weeks, months or a year. */
record ContactRhythm(int atMost, Period within) {

    static final String RULE =
            "must be {\"atMost\": 0 to 100, \"within\": a period of 1 day to 1 year, as in P7D}";

    private static final BigDecimal MOST = BigDecimal.valueOf(100);
    private static final int MONTHS_A_YEAR = 12;
    private static final int DAYS_A_YEAR = 366;

    static Optional<ContactRhythm> of(Object value) {
        if (value instanceof Map<?, ?> members
                && members.size() == 2
                && members.get("atMost") instanceof BigDecimal atMost
                && members.get("within") instanceof String within
                && atMost.scale() <= 0
                && atMost.signum() >= 0
                && atMost.compareTo(MOST) <= 0) {
            return period(within).map(period -> new ContactRhythm(atMost.intValueExact(), period));
        }
        return Optional.empty();
    }

    /** Of one that is kept. */
    static ContactRhythm of(Preference preference) {
        return of(preference.value()).orElseThrow();
    }

    /** How many that is a day, about. */
    double aDay() {
        LocalDate any = LocalDate.EPOCH;
        return (double) atMost / ChronoUnit.DAYS.between(any, any.plus(within));
    }

    private static Optional<Period> period(String text) {
        try {
            Period period = Period.parse(text);
            boolean possible =
                    period.getYears() >= 0
                            && period.getMonths() >= 0
                            && period.getDays() >= 0
                            && !period.isZero()
                            && period.toTotalMonths() <= MONTHS_A_YEAR
                            && period.getDays() <= DAYS_A_YEAR;
            return possible ? Optional.of(period) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
