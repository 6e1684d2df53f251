package io.rapport.customer.exporting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** Limits of exports. */
@ConfigMapping(prefix = "rapport.exports")
public interface ExportConfig {

    /** Exports that are written or kept at once: each holds the customers once more. */
    @Positive
    @WithDefault("5")
    int atOnce();

    /** Customers that are read and written at once. */
    @Positive
    @Max(5_000)
    @WithDefault("500")
    int customersPerTransaction();

    /** Until an export is deleted with all that it holds, ended or not. */
    @WithDefault("P1D")
    Duration kept();
}
