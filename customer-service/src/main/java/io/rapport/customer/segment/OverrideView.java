package io.rapport.customer.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of a customer and a segment, and who it was; {@code endedAt} and {@code
 * endedBy} when it was said otherwise or taken back, without who when it expired.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "SegmentOverride",
        requiredProperties = {"segment", "customer", "decision", "author", "reason", "madeAt"},
        examples =
                """
                {"segment": "silent-buyers", "customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "decision": "OUT",
                 "author": "agent-7", "reason": "Asked not to be treated as a big spender.",
                 "madeAt": "2026-11-20T09:14:05.250Z", "expiresAt": "2027-01-01T00:00:00Z"}""")
public record OverrideView(
        String segment,
        UUID customer,
        SegmentOverride.Decision decision,
        @Schema(description = "The subject of the token of whoever said it.") String author,
        String reason,
        Instant madeAt,
        @Schema(nullable = true) @Nullable Instant expiresAt,
        @Schema(description = "Absent while it holds.", nullable = true) @Nullable Instant endedAt,
        @Schema(
                        description =
                                "The subject of the token of whoever said otherwise or took it back; absent when it"
                                        + " expired.",
                        nullable = true)
                @Nullable String endedBy) {

    /** What its ETag is made of: no two of one customer and segment are of one microsecond. */
    long version() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, madeAt);
    }
}
