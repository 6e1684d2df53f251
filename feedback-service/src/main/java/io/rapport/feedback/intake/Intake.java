package io.rapport.feedback.intake;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Takes feedback in: fact, text, claim and event in one transaction. */
@ApplicationScoped
class Intake {

    /** What stands there now, and whether this call made it. */
    record Taken(Feedback feedback, boolean isNew) {}

    private final FeedbackRows rows;
    private final Outbox outbox;
    private final Clock clock;

    Intake(FeedbackRows rows, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * The same again under a source's id answers what it made the first time; anything else under
     * it is refused.
     */
    @Transactional
    Taken take(UUID customer, NewFeedback given) {
        Feedback feedback = given.becomes(Ids.next(), customer, clock.instant());
        Optional<Feedback> earlier = earlier(feedback, given);
        if (earlier.isPresent()) {
            return new Taken(earlier.get(), false);
        }
        rows.insert(feedback);
        outbox.publish(feedback.received());
        return new Taken(feedback, true);
    }

    /** What was taken in under the same source's id, if anybody was here before. */
    private Optional<Feedback> earlier(Feedback feedback, NewFeedback given) {
        if (feedback.source() == null || feedback.sourceId() == null) {
            return Optional.empty();
        }
        Claim own =
                new Claim(
                        feedback.source(),
                        feedback.sourceId(),
                        feedback.customer(),
                        feedback.id(),
                        given.contentHash(),
                        given.namedHash());
        return rows.claim(own).map(first -> theSameAgain(first, own));
    }

    private Feedback theSameAgain(Claim first, Claim own) {
        if (!first.isRepeatedBy(own)) {
            throw Refusal.conflict(
                    "feedback-differs",
                    "Other feedback was taken under this source and sourceId; feedback is never changed.");
        }
        return rows.byId(first.feedback())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "claim without feedback " + first.feedback()));
    }
}
