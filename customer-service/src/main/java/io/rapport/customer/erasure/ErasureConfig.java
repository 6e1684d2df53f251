package io.rapport.customer.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a certificate counts on. */
@ConfigMapping(prefix = "rapport.erasure")
public interface ErasureConfig {

    /** What {@code max.compaction.lag.ms} of the compacted topics is, or more. */
    @WithDefault("P30D")
    Duration compactionLag();
}
