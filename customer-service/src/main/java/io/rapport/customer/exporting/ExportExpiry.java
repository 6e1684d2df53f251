package io.rapport.customer.exporting;

import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Deletes an export with all that it holds, ended or not. */
@ApplicationScoped
public class ExportExpiry implements TimerAction {

    static final String KIND = "customer-export-expiry";

    private final ExportRows exports;
    private final Timers timers;
    private final Clock clock;

    ExportExpiry(ExportRows exports, Timers timers, Clock clock) {
        this.exports = exports;
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
        if (exports.hold(subject).isPresent()) {
            exports.end(subject, ExportState.CANCELLED, clock.instant());
        }
        if (exports.deleteSome(subject)) {
            timers.set(KIND, subject, clock.instant());
        } else {
            exports.delete(subject);
        }
    }
}
