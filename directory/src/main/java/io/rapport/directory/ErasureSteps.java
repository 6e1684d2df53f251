package io.rapport.directory;

import io.rapport.platform.timer.TimerAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Goes on with the erasure of a customer of whom more was held than one step takes. */
@ApplicationScoped
class ErasureSteps implements TimerAction {

    private final Erasures erasures;

    ErasureSteps(Erasures erasures) {
        this.erasures = erasures;
    }

    @Override
    public String kind() {
        return Erasures.STEP;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID customer, Instant due) {
        erasures.goOn(customer);
    }
}
