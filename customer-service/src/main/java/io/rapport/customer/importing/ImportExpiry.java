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
    private final ImportParts parts;
    private final Timers timers;
    private final Clock clock;

    ImportExpiry(ImportRows imports, ImportParts parts, Timers timers, Clock clock) {
        this.imports = imports;
        this.parts = parts;
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
        boolean reads =
                imports.hold(subject).filter(job -> !job.told().state().hasEnded()).isPresent();
        if (reads) {
            imports.end(subject, ImportState.CANCELLED, null, clock.instant());
        }
        if (parts.deleteSome(subject)) {
            timers.set(KIND, subject, clock.instant());
        } else {
            imports.delete(subject);
        }
    }
}
