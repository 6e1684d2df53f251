package io.rapport.customer.segment;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * That somebody said of a customer that it is in a segment, or not, whatever the conditions say;
 * until then, if not for good.
 */
public record Exemption(String segment, Decision decision, @Nullable Instant expiresAt) {

    /** The path that decides where conditions do not. */
    private static final List<String> WHY = List.of("override");

    /** What was said. */
    @Schema(name = "SegmentOverrideDecision")
    public enum Decision {
        IN,
        OUT
    }

    boolean holdsAt(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }

    Outcome outcome() {
        return new Outcome(decision == Decision.IN, WHY, expiresAt);
    }
}
