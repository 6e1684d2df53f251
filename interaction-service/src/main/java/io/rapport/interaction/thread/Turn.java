package io.rapport.interaction.thread;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.Result;
import io.rapport.platform.Ids;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An interaction as a thread sees it: whose turn it was and when, and in which thread it is. */
public record Turn(
        UUID customer,
        UUID id,
        Instant occurredAt,
        Direction direction,
        @Nullable Result outcome,
        @Nullable UUID thread,
        @Nullable Instant joinedAt) {

    static Turn of(Interaction interaction) {
        return new Turn(
                interaction.customer(),
                interaction.id(),
                interaction.occurredAt(),
                interaction.direction(),
                interaction.circumstances().outcome(),
                null,
                null);
    }

    /** In the order of the timeline. */
    boolean isAfter(Turn other) {
        int byTime = occurredAt.compareTo(other.occurredAt);
        return byTime > 0 || (byTime == 0 && Ids.BY_VALUE.compare(id, other.id) > 0);
    }

    Turn in(UUID other) {
        return new Turn(customer, id, occurredAt, direction, outcome, other, joinedAt);
    }

    boolean isReply() {
        return direction == Direction.OUTBOUND;
    }

    /** When it was, where that is not in the future: other clocks may be ahead of ours. */
    Instant at(Instant now) {
        return occurredAt.isAfter(now) ? now : occurredAt;
    }

    ThreadStatus after(ThreadStatus before) {
        return before.after(direction, outcome);
    }
}
