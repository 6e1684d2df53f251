package io.rapport.interaction.thread;

import io.rapport.interaction.clock.Clocks;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Sees to the clocks of a thread that was merged into one of another customer. Its link counts only
 * while both customers are one; when they are not any more, its clocks must go on, and nobody tells
 * threads of that. So it is looked at again and again, as long as it has clocks that stand still.
 */
@ApplicationScoped
class AsideTimer implements TimerAction {

    /** How late its clocks may go on. */
    static final Duration LOOK = Duration.ofMinutes(5);

    private static final String KIND = "thread-aside";

    private final Matters matters;
    private final Threads threads;
    private final Clocks clocks;
    private final Timers timers;
    private final Outbox outbox;

    AsideTimer(Matters matters, Threads threads, Clocks clocks, Timers timers, Outbox outbox) {
        this.matters = matters;
        this.threads = threads;
        this.clocks = clocks;
        this.timers = timers;
        this.outbox = outbox;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** In the caller's transaction, after the thread was linked and its clocks stand still. */
    void watch(InteractionThread linked, InteractionThread into, Instant now) {
        if (!linked.customer().equals(into.customer()) && clocks.areOpen(linked.id())) {
            timers.set(KIND, linked.id(), now.plus(LOOK));
        }
    }

    @Override
    public void fire(UUID subject, Instant due) {
        try {
            look(subject);
        } catch (Refusal _) {
            // The customer was erased, and nobody waits any more.
        }
    }

    private void look(UUID id) {
        List<UUID> customers = matters.customers(matters.find(id).customer());
        matters.hold(customers);
        InteractionThread thread = matters.find(id);
        if (thread.mergedInto() == null) {
            return;
        }
        Matter matter = matters.among(id, customers);
        Instant now = threads.now();
        boolean apart = matter.root().id().equals(id);
        outbox.publishAll(
                clocks.follow(
                        apart ? thread.watched() : thread.aside(), matter.whole(), false, now));
        if (clocks.areOpen(id)) {
            timers.set(KIND, id, now.plus(LOOK));
        }
    }
}
