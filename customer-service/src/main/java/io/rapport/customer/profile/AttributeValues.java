package io.rapport.customer.profile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The values of a customer's custom attributes by name: text, {@link BigDecimal}, true or false, or
 * a list of texts. Anything else, which a request may hold, is refused by the definitions.
 */
public final class AttributeValues {

    static final int MOST = 50;

    /** Longer texts would not fit into the index by which customers are found. */
    static final int LONGEST_TEXT = 500;

    /** All of one customer's; they travel in its snapshot, which is bounded. */
    public static final int MOST_CHARACTERS = 8000;

    private AttributeValues() {}

    /** The texts as which a value in its one form is kept: one, or one for each element. */
    static List<String> texts(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case BigDecimal number -> List.of(number.toPlainString());
            default -> List.of(value.toString());
        };
    }

    /** How much text the values are, all together. */
    public static int characters(Map<String, Object> values) {
        return values.values().stream()
                .flatMap(value -> texts(value).stream())
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .sum();
    }
}
