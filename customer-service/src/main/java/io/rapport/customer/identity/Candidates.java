package io.rapport.customer.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refusals whose problem document names, in {@code candidates}, the customers that may be meant.
 */
final class Candidates {

    /**
     * A customer that may be meant, and the JSON pointers into the body of what names it. The names
     * themselves are not repeated: problems are logged by callers.
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Candidate(UUID customer, List<String> namedBy) {
        static Candidate of(UUID customer) {
            return new Candidate(customer, List.of());
        }
    }

    private Candidates() {}

    static Refusal taken(Optional<UUID> owner) {
        return Refusal.conflict(
                        "identity-taken",
                        "Another customer has this identity. Move it, if it is this one's.")
                .with("candidates", owner.stream().map(Candidate::of).toList());
    }

    static Refusal ambiguous(Collection<Candidate> candidates) {
        return Refusal.conflict(
                        "ambiguous-customer",
                        "These references name several customers. Move the identities that are at the wrong one.")
                .with("candidates", List.copyOf(candidates));
    }
}
