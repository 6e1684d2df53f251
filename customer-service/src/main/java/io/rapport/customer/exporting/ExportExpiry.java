package io.rapport.customer.exporting;

import io.rapport.platform.timer.TimerAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Deletes an export with all that it holds, ended or not. */
@ApplicationScoped
public class ExportExpiry implements TimerAction {

    static final String KIND = "customer-export-expiry";

    private final ExportRows exports;

    ExportExpiry(ExportRows exports) {
        this.exports = exports;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        exports.delete(subject);
    }
}
