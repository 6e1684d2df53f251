package io.rapport.customer.importing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** Limits of imports. */
@ConfigMapping(prefix = "rapport.imports")
public interface ImportConfig {

    /** All parts of an import together. */
    @Positive
    @WithDefault("1073741824")
    long maxBytes();

    /** Imports that have not ended: what they hold lies in the database. */
    @Positive
    @WithDefault("20")
    int unfinished();

    /** Bytes of a row: one that is longer is refused, and only it. */
    @Min(1_000)
    @Max(200_000)
    @WithDefault("65536")
    int maxRowBytes();

    /** Rows of one transaction: whoever writes one of their customers waits for it. */
    @Positive
    @WithDefault("500")
    int rowsPerTransaction();

    /**
     * Customers that are compared in one transaction: whoever writes one who is born on the same
     * day as one of them waits for it.
     */
    @Positive
    @Max(2_000)
    @WithDefault("200")
    int comparedPerTransaction();

    /** Refused rows of which it is kept why; all are counted. */
    @Positive
    @WithDefault("10000")
    int problemsKept();

    /** Until an import is deleted with all that it holds, ended or not. */
    @WithDefault("P7D")
    Duration kept();
}
