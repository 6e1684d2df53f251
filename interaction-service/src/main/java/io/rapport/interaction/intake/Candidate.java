package io.rapport.interaction.intake;

import io.rapport.interaction.Interaction;
import io.rapport.interaction.thread.ThreadChoice;
import io.rapport.interaction.type.AmountRule;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The interaction that a submission becomes, and the claim that it makes: both stand if it is the
 * first.
 */
record Candidate(
        Claim claim,
        Interaction interaction,
        AmountRule amountRule,
        @Nullable ThreadChoice thread) {

    static Candidate of(Resolved submission, UUID id, Instant now) {
        NewInteraction told = submission.told();
        UUID customer = submission.customer();
        return new Candidate(
                new Claim(told.key(), customer, id, told.contentHash(), told.namedHash()),
                told.of(customer, id, now),
                told.type().amountRule(),
                told.thread());
    }

    SourceKey key() {
        return claim.key();
    }

    UUID id() {
        return interaction.id();
    }
}
