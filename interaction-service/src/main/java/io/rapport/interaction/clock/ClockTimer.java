package io.rapport.interaction.clock;

import io.rapport.platform.timer.TimerAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Tells when a clock has run out. */
@ApplicationScoped
class ClockTimer implements TimerAction {

    private final Clocks clocks;

    ClockTimer(Clocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public String kind() {
        return Clocks.TIMER;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        clocks.expire(subject, due);
    }
}
