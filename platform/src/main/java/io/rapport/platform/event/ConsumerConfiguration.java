package io.rapport.platform.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the consumers. */
@ConfigMapping(prefix = "rapport.consumer")
public interface ConsumerConfiguration {

    /** Whether this process reads topics at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Records in one transaction, at most; also the parked events that one retry goes on to apply.
     */
    @WithDefault("200")
    int batch();

    /** Records fetched at once over all partitions, at most. */
    @WithDefault("2000")
    int fetch();

    /**
     * How long after what was fetched the next is fetched, unless there was more than one look
     * takes: what arrives meanwhile is applied in one transaction.
     */
    @WithDefault("PT0.02S")
    Duration pace();

    /**
     * How long one look at the broker may take when there is nothing to read, or for a {@link
     * EventConsumer#patient() patient} consumer too little.
     */
    @WithDefault("PT0.25S")
    Duration poll();

    /**
     * How long the records in hand may take before their partitions are paused and polling goes on
     * without them.
     */
    @WithDefault("PT1S")
    Duration patience();

    /**
     * How long the broker waits for a sign of life before it gives the partitions to another
     * member.
     */
    @WithDefault("PT10S")
    Duration session();

    /**
     * The first and the longest pause between attempts while the database or the broker is away.
     */
    @WithDefault("PT0.1S")
    Duration firstPause();

    @WithDefault("PT5S")
    Duration longestPause();

    /** Records that take longer than this in one transaction are tried again, half as many. */
    @WithDefault("PT10S")
    Duration transactionTimeout();

    /** A record with a larger value is parked. */
    @WithDefault("262144")
    int maxEventBytes();

    /** Events of one customer that may wait for a gap to close; one more stops the consumer. */
    @WithDefault("1000")
    int maxEarly();

    /** Of this many records in a row … */
    @WithDefault("1000")
    int parkedWindow();

    /**
     * … at most this share may be parked for a failure of their own; more stops the consumer, for
     * that is a bug of ours and no poison event.
     */
    @WithDefault("0.2")
    double maxParkedShare();
}
