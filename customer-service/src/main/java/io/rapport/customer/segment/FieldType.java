package io.rapport.customer.segment;

import io.rapport.customer.profile.AttributeType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** What kind of values a field has, and which values it can be compared with. */
enum FieldType {
    TEXT("must be text of 1 to 500 characters") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            return given instanceof String text
                            && !text.isEmpty()
                            && text.codePointCount(0, text.length()) <= LONGEST
                    ? Optional.of(text)
                    : Optional.empty();
        }
    },
    /** In small letters, in which tags of any case are compared. */
    LANGUAGE("must be a language tag of 1 to 500 characters, as in de or de-AT") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            return TEXT.read(given)
                    .<Comparable<?>>map(tag -> tag.toString().toLowerCase(Locale.ROOT));
        }
    },
    NUMBER("must be a number with at most 40 digits") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            if (given instanceof Number number) {
                BigDecimal exact = new BigDecimal(number.toString());
                boolean fits =
                        exact.precision() <= MOST_DIGITS && Math.abs(exact.scale()) <= MOST_DIGITS;
                return fits ? Optional.of(exact) : Optional.empty();
            }
            return Optional.empty();
        }
    },
    BOOLEAN("must be true or false") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            return given instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
        }
    },
    DAY("must be a day such as 2026-11-20") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            return given instanceof String text ? day(text) : Optional.empty();
        }
    },
    TIME("must be a time with its offset, such as 2026-11-20T09:14:05Z") {
        @Override
        Optional<Comparable<?>> read(Object given) {
            return given instanceof String text ? time(text) : Optional.empty();
        }
    };

    private static final int LONGEST = 500;
    private static final int MOST_DIGITS = 40;

    /** What is wrong with a value that is not of this type. */
    final String rule;

    FieldType(String rule) {
        this.rule = rule;
    }

    /** A value that this is compared with; empty when it is not of this type. */
    abstract Optional<Comparable<?>> read(Object given);

    /** Whether it lies in time, so that it has an age. */
    boolean isOfTime() {
        return this == DAY || this == TIME;
    }

    boolean isOrdered() {
        return this == NUMBER || isOfTime();
    }

    static FieldType of(AttributeType type) {
        return switch (type) {
            case TEXT, ONE_OF, SEVERAL_OF -> TEXT;
            case INTEGER, DECIMAL -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DAY;
            case DATE_TIME -> TIME;
        };
    }

    private static Optional<Comparable<?>> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Comparable<?>> time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
