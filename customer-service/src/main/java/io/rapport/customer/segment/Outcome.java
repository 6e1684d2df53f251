package io.rapport.customer.segment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether conditions hold of a customer; {@code why}: the paths of what decided it, at most {@value
 * #MOST_REASONS}; {@code until}: the next instant at which it may change by time alone, null for
 * never.
 */
record Outcome(boolean holds, List<String> why, @Nullable Instant until) {

    static final int MOST_REASONS = 10;

    /** The same reasons and time for the opposite. */
    Outcome negated() {
        return new Outcome(!holds, why, until);
    }

    /** What several make of which each had to be as it is: it may change with the first of them. */
    static Outcome together(boolean holds, List<Outcome> all) {
        return new Outcome(
                holds,
                all.stream()
                        .flatMap(one -> one.why.stream())
                        .distinct()
                        .limit(MOST_REASONS)
                        .toList(),
                earliest(all.stream().map(Outcome::until)));
    }

    /**
     * What {@code first} decides, and each of {@code same} would decide alone: it stays as long as
     * one of them does, so it may change with the last of them, and never where one never changes.
     */
    static Outcome decided(boolean holds, Outcome first, List<Outcome> same) {
        Instant last = Instant.MIN;
        for (Outcome one : same) {
            if (one.until == null) {
                return new Outcome(holds, first.why, null);
            }
            last = one.until.isAfter(last) ? one.until : last;
        }
        return new Outcome(holds, first.why, last);
    }

    static @Nullable Instant earliest(Stream<@Nullable Instant> times) {
        Instant earliest = null;
        for (Instant time : (Iterable<@Nullable Instant>) times::iterator) {
            if (time != null && (earliest == null || time.isBefore(earliest))) {
                earliest = time;
            }
        }
        return earliest;
    }
}
