package io.rapport.platform.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the relay. */
@ConfigMapping(prefix = "rapport.relay")
public interface RelayConfig {

    /** Whether this process may relay at all. */
    @WithDefault("true")
    boolean enabled();

    /** Events in one Kafka transaction, at most. */
    @WithDefault("1000")
    int batch();

    /** Bytes of payload in one Kafka transaction after which no further event is added. */
    @WithDefault("4194304")
    int batchBytes();

    /** How long a silent holder keeps others from taking over. */
    @WithDefault("PT10S")
    Duration lease();

    /**
     * How long after the begin of a batch the next one begins, unless a whole one waits: what is
     * written meanwhile goes in one transaction.
     */
    @WithDefault("PT0.02S")
    Duration pace();

    /** How often the outbox is looked at when nothing in this process has written to it. */
    @WithDefault("PT0.05S")
    Duration poll();

    /**
     * How long one call to the broker may take. Shorter than the lease, which is renewed only
     * between calls.
     */
    @WithDefault("PT6S")
    Duration brokerTimeout();

    /**
     * How long to wait after a failure, and between checks of a database and a log that do not
     * belong together.
     */
    @WithDefault("PT1S")
    Duration pause();
}
