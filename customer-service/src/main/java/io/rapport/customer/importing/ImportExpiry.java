package io.rapport.customer.importing;

import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Deletes an import with all that it holds, ended or not. */
@ApplicationScoped
public class ImportExpiry implements TimerAction {

    static final String KIND = "customer-import-expiry";

    private final ImportRows imports;
    private final ImportComparing comparing;
    private final Timers timers;
    private final Clock clock;

    ImportExpiry(ImportRows imports, ImportComparing comparing, Timers timers, Clock clock) {
        this.imports = imports;
        this.comparing = comparing;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        boolean works =
                imports.hold(subject).filter(job -> !job.told().state().hasEnded()).isPresent();
        if (works) {
            imports.end(subject, ImportState.CANCELLED, null, clock.instant());
        }
        if (comparing.deleteSome(subject)) {
            timers.set(KIND, subject, clock.instant());
        } else {
            imports.delete(subject);
        }
    }
}
