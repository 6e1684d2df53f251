package io.rapport.faults.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What must hold while a part of the surroundings is away, and how soon all is well once it is
 * back. Maps are by service, or by consumer.
 */
public final class Outage {
    /** Until every service takes a write and answers a read, once the database is back. */
    private static final Duration RECOVERED = Duration.ofSeconds(10);

    /** Until others' events have their effect, which were written behind poison. */
    private static final Duration APPLIED = Duration.ofSeconds(5);

    /**
     * What a service may still take up: half of its heap of 128 MiB, with which it does not begin,
     * and its buffers of 32 MiB at most. What waits does so in the database.
     */
    private static final long GROWTH_MEBIBYTES = 64 + 32;

    private static final int READY = 200;

    private Outage() {}

    /** {@code took} is the time until a write was taken and a read was answered. */
    public static List<Finding> recovery(Map<String, Duration> took) {
        return inTime("recovery", "took a write and answered a read", RECOVERED, took);
    }

    /** {@code took} is the time until what was written behind the poison was applied. */
    public static List<Finding> behindPoison(Map<String, Duration> took) {
        return inTime("poison", "applied what others wrote behind it", APPLIED, took);
    }

    private static List<Finding> inTime(
            String audit, String what, Duration limit, Map<String, Duration> took) {
        Findings findings = new Findings(audit);
        took.forEach(
                (who, time) -> {
                    if (time.compareTo(limit) > 0) {
                        findings.add(
                                "%s %s after %.1f s, at most %d s",
                                who, what, time.toMillis() / 1e3, limit.toSeconds());
                    }
                });
        return findings.all();
    }

    /** {@code answered} is the status of each readiness. */
    public static List<Finding> readiness(Map<String, Integer> answered) {
        Findings findings = new Findings("readiness");
        answered.forEach(
                (service, status) -> {
                    if (status != READY) {
                        findings.add("%s answered %d", service, status);
                    }
                });
        return findings.all();
    }

    /** Resident memory in MiB before and at the end. */
    public static List<Finding> memory(Map<String, Long> before, Map<String, Long> end) {
        Findings findings = new Findings("memory");
        before.forEach(
                (service, had) -> {
                    Long has = end.get(service);
                    if (has == null || has - had > GROWTH_MEBIBYTES) {
                        findings.add(
                                "%s had %d MiB and then %s, at most %d MiB more",
                                service, had, String.valueOf(has), GROWTH_MEBIBYTES);
                    }
                });
        return findings.all();
    }
}
