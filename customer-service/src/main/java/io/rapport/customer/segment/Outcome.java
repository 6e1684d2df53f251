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

    /** What several make together, of which {@code deciding} decided it. */
    static Outcome of(boolean holds, List<Outcome> deciding, List<Outcome> all) {
        return new Outcome(
                holds,
                deciding.stream()
                        .flatMap(one -> one.why.stream())
                        .distinct()
                        .limit(MOST_REASONS)
                        .toList(),
                earliest(all.stream().map(Outcome::until)));
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
