package io.rapport.customer.segment;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * That somebody said of a customer that it is in a segment, or not, whatever the conditions say;
 * until then, if not for good.
 */
public record SegmentOverride(
        UUID customer, String segment, Decision decision, @Nullable Instant expiresAt) {

    /** The path that decides where conditions do not. */
    private static final List<String> WHY = List.of("override");

    /** What was said. */
    @Schema(name = "SegmentOverrideDecision")
    public enum Decision {
        IN,
        OUT
    }

    /**
     * What decides first, of all that was said of a customer and of those merged into it: its own,
     * then what keeps it out.
     */
    static <T> Comparator<T> deciding(
            UUID survivor, Function<T, UUID> customer, Function<T, Decision> decision) {
        return Comparator.comparing((T one) -> !customer.apply(one).equals(survivor))
                .thenComparing(decision, Comparator.reverseOrder());
    }

    boolean holdsAt(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }

    Outcome outcome() {
        return new Outcome(decision == Decision.IN, WHY, expiresAt);
    }
}
