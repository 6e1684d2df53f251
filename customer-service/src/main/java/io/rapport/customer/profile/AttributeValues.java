package io.rapport.customer.profile;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of a customer's custom attributes by name: text, {@link BigDecimal}, true or false, or
 * a list of texts. Anything else, which a request may hold, is refused by the definitions.
 */
final class AttributeValues {

    static final int MOST = 50;

    /** Longer texts would not fit into the index by which customers are found. */
    static final int LONGEST_TEXT = 500;

    /** All of one customer's; they travel in its snapshot, which is bounded. */
    static final int MOST_CHARACTERS = 8000;

    private static final int MOST_DIGITS = 40;

    private AttributeValues() {}

    /** Sorted by name, without nulls, each number in one form, so that equal values are equal. */
    static Map<String, Object> inOneForm(@Nullable Map<String, Object> given) {
        if (given == null || given.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new TreeMap<>();
        given.forEach(
                (name, value) -> {
                    if (isThere(value)) {
                        values.put(name, inOneForm(value));
                    }
                });
        return Collections.unmodifiableMap(values);
    }

    static Object inOneForm(Object value) {
        return value instanceof Number number ? plain(number) : value;
    }

    /** What a body did not say is null, whatever the type promises. */
    private static boolean isThere(@Nullable Object value) {
        return value != null;
    }

    /** A number that is too long to be kept stays as it is: 1e999999999 has a billion digits. */
    private static BigDecimal plain(Number number) {
        BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
        return exact.scale() < 0 && exact.precision() - (long) exact.scale() <= MOST_DIGITS
                ? exact.setScale(0)
                : exact;
    }

    /** The texts as which a value in its one form is kept: one, or one for each element. */
    static List<String> texts(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case BigDecimal number -> List.of(number.toPlainString());
            default -> List.of(value.toString());
        };
    }

    /** How much text the values are, all together. */
    static int characters(Map<String, Object> values) {
        return values.values().stream()
                .flatMap(value -> texts(value).stream())
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .sum();
    }
}
