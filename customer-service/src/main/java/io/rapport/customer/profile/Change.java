package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That one value of a customer is another one from some version on. {@code path} is a JSON pointer;
 * below a list whose elements have ids, the id stands in it and not the index. Null: there was, or
 * is, nothing.
 */
record Change(String path, @Nullable JsonNode oldValue, @Nullable JsonNode newValue) {

    /**
     * That the customer is there, from its first version on or again from one on whose predecessors
     * were lost: one for all of it.
     */
    static Change beginning(Customer customer) {
        return new Change("", null, Contents.of(customer).asJson());
    }

    /** The member of the customer that the value belongs to: {@code /contactPoints}. */
    String member() {
        int below = path.indexOf('/', 1);
        return below < 0 ? path : path.substring(0, below);
    }

    /** The members that these belong to, each once, as an event names them. */
    static List<String> members(List<Change> changes) {
        return changes.stream().map(Change::member).distinct().toList();
    }
}
