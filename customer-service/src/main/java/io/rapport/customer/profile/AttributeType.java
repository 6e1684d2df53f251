package io.rapport.customer.profile;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the values of a custom attribute are. */
public enum AttributeType {
    TEXT("must be text of 1 to 500 characters, not only blanks, and no control characters") {
        @Override
        Optional<Object> kept(Object given) {
            return text(given, AttributeValues.LONGEST_TEXT);
        }
    },
    INTEGER("must be a whole number with at most 15 digits") {
        @Override
        Optional<Object> kept(Object given) {
            return number(given, 0);
        }
    },
    DECIMAL("must be a number with at most 15 digits before the point and 6 after it") {
        @Override
        Optional<Object> kept(Object given) {
            return number(given, MOST_DECIMALS);
        }
    },
    BOOLEAN("must be true or false") {
        @Override
        Optional<Object> kept(Object given) {
            return given instanceof Boolean ? Optional.of(given) : Optional.empty();
        }

        @Override
        Object read(List<String> texts) {
            return Boolean.valueOf(texts.getFirst());
        }

        @Override
        Optional<Object> parsed(String text) {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    },
    DATE("must be a day such as 2026-11-20, in the years 1 to 9999") {
        @Override
        Optional<Object> kept(Object given) {
            return moment(given, AttributeType::day);
        }
    },
    /** Kept in UTC. */
    DATE_TIME(
            "must be a time with its offset, such as 2026-11-20T09:14:05Z, in the years 1 to 9999") {
        @Override
        Optional<Object> kept(Object given) {
            return moment(given, AttributeType::time);
        }
    },
    ONE_OF("must be one of the attribute's allowed values") {
        @Override
        Optional<Object> kept(Object given) {
            return text(given, AttributeValues.LONGEST_TEXT);
        }
    },
    /** A list, kept sorted and each once. */
    SEVERAL_OF("must be a list of 1 to 50 of the attribute's allowed values") {
        @Override
        Optional<Object> kept(Object given) {
            return given instanceof List<?> list
                            && !list.isEmpty()
                            && list.size() <= MOST_CHOSEN
                            && list.stream().allMatch(String.class::isInstance)
                    ? Optional.of(
                            List.copyOf(
                                    new TreeSet<>(list.stream().map(String.class::cast).toList())))
                    : Optional.empty();
        }

        @Override
        Object read(List<String> texts) {
            return texts.stream().sorted().toList();
        }

        @Override
        Optional<Object> parsed(String text) {
            return Optional.of(
                    Stream.of(text.split(BETWEEN_CHOICES, -1)).map(String::strip).toList());
        }
    };

    private static final int MOST_DIGITS = 15;
    private static final int MOST_DECIMALS = 6;
    private static final int MOST_CHOSEN = 50;
    private static final String BETWEEN_CHOICES = ";";

    /** More characters than a number needs whose digits are not too many. */
    private static final int LONGEST_NUMBER = 40;

    private static final int LAST_YEAR = 9999;

    /** What is wrong with a value that is not of this type. */
    final String rule;

    AttributeType(String rule) {
        this.rule = rule;
    }

    /** The value in the one form in which it is kept; empty when it is not of this type. */
    abstract Optional<Object> kept(Object given);

    /** The value that is kept as these texts. */
    Object read(List<String> texts) {
        return this == INTEGER || this == DECIMAL
                ? new BigDecimal(texts.getFirst())
                : texts.getFirst();
    }

    /**
     * The value that a cell of a file gives as text, a list with semicolons; empty when it is none
     * of this type.
     */
    Optional<Object> parsed(String text) {
        return this == INTEGER || this == DECIMAL ? number(text) : Optional.of(text);
    }

    private static Optional<Object> number(String text) {
        try {
            return text.length() > LONGEST_NUMBER
                    ? Optional.empty()
                    : Optional.of(PlainJson.inOneForm(new BigDecimal(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether its values are those that the definition allows. */
    public boolean isChosen() {
        return this == ONE_OF || this == SEVERAL_OF;
    }

    /** Whether a value may belong to one customer only, and so name it. */
    public boolean mayBeUnique() {
        return this == TEXT || this == INTEGER;
    }

    private interface Moment {
        String inOneForm(String text);
    }

    private static Optional<Object> text(Object given, int max) {
        return given instanceof String text && PlainText.Validator.fits(text, max)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<Object> number(Object given, int decimals) {
        return given instanceof BigDecimal number
                        && number.scale() <= decimals
                        && number.precision() - number.scale() <= MOST_DIGITS
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Optional<Object> moment(Object given, Moment moment) {
        try {
            return given instanceof String text
                    ? Optional.of(moment.inOneForm(text))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String day(String text) {
        LocalDate day = LocalDate.parse(text);
        requireYear(day.getYear());
        return day.toString();
    }

    private static String time(String text) {
        Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        requireYear(time.atOffset(ZoneOffset.UTC).getYear());
        return time.toString();
    }

    private static void requireYear(int year) {
        if (year < 1 || year > LAST_YEAR) {
            throw new DateTimeException("no such year");
        }
    }
}
