package io.rapport.interaction.thread;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.clock.Watched;
import io.rapport.platform.Ids;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread as it is stored. It never leaves the customer it was opened for; a merged one is linked
 * to the thread that it was merged into, and stays as it was otherwise.
 */
public record InteractionThread(
        UUID customer,
        UUID id,
        ThreadStatus status,
        Instant statusSince,
        Instant openedAt,
        @Nullable UUID mergedInto,
        long version) {

    static InteractionThread open(UUID customer, ThreadStatus status, Instant now) {
        return new InteractionThread(customer, Ids.next(), status, now, now, null, 1);
    }

    /** One version on, whether or not the status is another one. */
    InteractionThread turn(ThreadStatus to, Instant now) {
        return to == status ? restored(status, statusSince) : restored(to, now);
    }

    /** With the status that it had at another time. */
    InteractionThread restored(ThreadStatus to, Instant since) {
        return new InteractionThread(customer, id, to, since, openedAt, mergedInto, version + 1);
    }

    InteractionThread mergedInto(@Nullable UUID thread) {
        return new InteractionThread(
                customer, id, status, statusSince, openedAt, thread, version + 1);
    }

    /** As clocks see it, where it is not part of another one. */
    Watched watched() {
        return new Watched(
                customer,
                id,
                switch (status) {
                    case OPEN -> Watched.State.OPEN;
                    case WAITING_FOR_US -> Watched.State.ASKED;
                    case WAITING_FOR_CUSTOMER -> Watched.State.ANSWERED;
                    case SOLVED -> Watched.State.SOLVED;
                });
    }

    /** The same where it is. */
    Watched aside() {
        return new Watched(customer, id, Watched.State.ASIDE);
    }

    /** What everybody learns of it when it was {@code before}: only whether it is solved. */
    List<InteractionEvent> news(ThreadStatus before, Instant now) {
        if (before.isSolved() == status.isSolved()) {
            return List.of();
        }
        return status.isSolved()
                ? List.of(new InteractionEvent.ThreadSolved(customer, id, now))
                : List.of(new InteractionEvent.ThreadReopened(customer, id, now));
    }

    /** What everybody learns of it when it is new. */
    List<InteractionEvent> firstNews() {
        InteractionEvent opened = new InteractionEvent.ThreadOpened(customer, id, openedAt);
        return status.isSolved()
                ? List.of(opened, new InteractionEvent.ThreadSolved(customer, id, openedAt))
                : List.of(opened);
    }
}
