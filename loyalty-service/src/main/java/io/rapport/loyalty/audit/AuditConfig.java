package io.rapport.loyalty.audit;

import io.smallrye.config.ConfigMapping;

/**
 * Limits of the audit: what it holds in memory at a time, and how much of what it found it tells.
 */
@ConfigMapping(prefix = "rapport.loyalty.audit")
public interface AuditConfig {

    int accountsPerPage();

    int entriesPerPage();

    int differencesReported();
}
