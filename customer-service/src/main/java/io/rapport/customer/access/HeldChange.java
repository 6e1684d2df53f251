package io.rapport.customer.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.history.RecordedChange;
import io.rapport.customer.profile.Contents;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One value of one customer that became another one; to the customer itself without who did it. Why
 * it was merged is told with the merge, if it is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeldChange(
        UUID customer,
        long version,
        String path,
        @Nullable JsonNode oldValue,
        @Nullable JsonNode newValue,
        Instant at,
        @Nullable String actor,
        @Nullable String reason) {

    static HeldChange of(UUID customer, RecordedChange change, boolean own) {
        return new HeldChange(
                customer,
                change.version(),
                change.path(),
                change.oldValue(),
                change.newValue(),
                change.at(),
                own ? null : change.actor(),
                own || Contents.isOfMerge(change.path()) ? null : change.reason());
    }
}
