package io.rapport.customer.segment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** Limits of segments. */
@ConfigMapping(prefix = "rapport.segments")
public interface SegmentConfig {

    /**
     * Segments, retired ones too: each write of a customer is held against those that it concerns.
     */
    @Positive
    @Max(1_000)
    @WithDefault("200")
    int most();

    /** Customers that are decided in one transaction: whoever writes one of them waits for it. */
    @Positive
    @Max(2_000)
    @WithDefault("200")
    int customersPerTransaction();

    /**
     * Decisions of one transaction, each of one customer and one segment: of many segments that are
     * decided together fewer customers are held at once.
     */
    @Positive
    @Max(20_000)
    @WithDefault("2000")
    int decisionsPerTransaction();

    /** Of how many customers so many segments are decided in one transaction, one at least. */
    default int customersAtOnce(int segments) {
        return Math.clamp(
                decisionsPerTransaction() / Math.max(segments, 1), 1, customersPerTransaction());
    }

    /** The longest time until it is seen that another service has told something of a customer. */
    @WithDefault("PT0.2S")
    Duration poll();

    /** How long a preview counts; what it has not got to by then it does not count. */
    @WithDefault("PT2S")
    Duration previewTime();

    /** Members of one snapshot: one statement copies them, which has 10 s for it. */
    @Positive
    @WithDefault("250000")
    int snapshotMembers();

    /** Snapshots of one segment that have not expired. */
    @Positive
    @WithDefault("50")
    int snapshots();

    /** Until a snapshot is deleted. */
    @WithDefault("P30D")
    Duration snapshotsKept();
}
