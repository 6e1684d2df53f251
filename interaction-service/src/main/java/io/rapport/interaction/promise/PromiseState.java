package io.rapport.interaction.promise;

import io.rapport.interaction.PromiseOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How it stands with a promise: open, or as it came out. */
public enum PromiseState {
    OPEN,
    KEPT,
    EXCEEDED,
    BROKEN,
    WITHDRAWN;

    static PromiseState of(PromiseOutcome outcome) {
        return valueOf(outcome.name());
    }

    /** One that is due and has no outcome is broken, whether its timer has said so or not. */
    static PromiseState at(Instant now, Instant dueAt, @Nullable PromiseOutcome outcome) {
        if (outcome != null) {
            return of(outcome);
        }
        return now.isBefore(dueAt) ? OPEN : BROKEN;
    }
}
