package io.rapport.customer.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Customers of whom versions are written in one transaction, each once. Who observes it writes what
 * depends on them in the same transaction, and a refusal takes all of it back. {@code
 * comparedLater}: who writes them sees to it that those who are alike are found afterwards, so that
 * only those who are equal need be found now.
 */
public record WrittenCustomers(List<Written> each, boolean comparedLater) {

    /** Of whom all is found at once. */
    public WrittenCustomers(List<Written> each) {
        this(each, false);
    }

    /**
     * What a customer answers from now on, and what it answered before: null when it was not there.
     */
    public record Written(@Nullable Customer before, Customer after) {}
}
