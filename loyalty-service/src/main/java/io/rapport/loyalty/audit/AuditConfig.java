package io.rapport.loyalty.audit;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;

/**
 * Limits of the audit: what it holds in memory at a time, and how much of what it found it tells.
 */
@ConfigMapping(prefix = "rapport.loyalty.audit")
public interface AuditConfig {

    @Positive
    int accountsPerPage();

    @Positive
    int entriesPerPage();

    @Positive
    int differencesReported();
}
