package io.rapport.interaction.promise;

import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Breaks promises at the instant at which they are due. Many that are due together, as at the end
 * of a day, are broken together.
 */
@ApplicationScoped
class PromiseTimer implements TimerAction {

    static final String KIND = "promise-due";

    private static final int AT_ONCE = 100;

    private final Timers timers;
    private final Promises promises;

    PromiseTimer(Timers timers, Promises promises) {
        this.timers = timers;
        this.promises = promises;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        List<UUID> others = timers.claimMore(KIND, AT_ONCE - 1);
        promises.breakAll(Stream.concat(Stream.of(subject), others.stream()).toList());
    }
}
