package io.rapport.customer.segment;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that customers have and conditions compare. {@code words}: all values that there are,
 * if that is known; {@code ofContext}: whether others tell it than the writes of the customer
 * itself.
 */
record Field(
        String path,
        FieldType type,
        boolean ofContext,
        Set<String> words,
        Function<Facts, List<? extends Comparable<?>>> values) {

    /** What the customer has of it; none when it is not known. */
    List<? extends Comparable<?>> of(Facts facts) {
        return values.apply(facts);
    }
}
