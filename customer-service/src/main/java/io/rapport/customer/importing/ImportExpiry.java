package io.rapport.customer.importing;

import io.rapport.platform.timer.TimerAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Deletes an import with all that it holds, ended or not. */
@ApplicationScoped
public class ImportExpiry implements TimerAction {

    static final String KIND = "customer-import-expiry";

    private final ImportRows imports;

    ImportExpiry(ImportRows imports) {
        this.imports = imports;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        imports.delete(subject);
    }
}
