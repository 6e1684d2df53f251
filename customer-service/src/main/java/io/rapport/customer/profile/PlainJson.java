package io.rapport.customer.profile;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON that a request may hold as it likes, in one form, so that equal values are equal: members
 * sorted and without nulls, each number a {@link BigDecimal} without idle zeros.
 */
final class PlainJson {

    private static final int MOST_DIGITS = 40;

    private PlainJson() {}

    static Object inOneForm(Object value) {
        return switch (value) {
            case Number number -> plain(number);
            case Map<?, ?> members -> members(members);
            case List<?> list when list.stream().allMatch(PlainJson::isThere) ->
                    list.stream().map(PlainJson::inOneForm).toList();
            default -> value;
        };
    }

    static Map<String, Object> members(Map<?, ?> given) {
        Map<String, Object> members = new TreeMap<>();
        given.forEach(
                (name, value) -> {
                    if (isThere(value)) {
                        members.put(String.valueOf(name), inOneForm(value));
                    }
                });
        return Collections.unmodifiableMap(members);
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
}
