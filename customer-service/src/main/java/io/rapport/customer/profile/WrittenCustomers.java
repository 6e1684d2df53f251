package io.rapport.customer.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Customers of whom versions are written in one transaction, each once. Who observes it writes what
 * depends on them in the same transaction, and a refusal takes all of it back.
 */
public record WrittenCustomers(List<Written> each) {

    /**
     * What a customer answers from now on, and what it answered before: null when it was not there.
     */
    public record Written(@Nullable Customer before, Customer after) {}
}
