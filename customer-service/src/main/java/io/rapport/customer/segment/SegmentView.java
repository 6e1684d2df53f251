package io.rapport.customer.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A segment as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Segment",
        description = "Who is in a segment, and whether its members are all decided.",
        requiredProperties = {
            "key",
            "label",
            "condition",
            "active",
            "version",
            "state",
            "createdAt",
            "updatedAt"
        },
        examples =
                """
                {"key": "silent-buyers", "label": "Silent buyers", "condition": {"not": {"field": "interactions.lastAt",
                 "operator": "NEWER_THAN", "values": ["P60D"]}}, "active": true, "version": 1, "state": "BUILDING",
                 "decided": 1200, "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record SegmentView(
        String key,
        String label,
        @Nullable String description,
        Condition condition,
        boolean active,
        @Schema(description = "Named by events of members.") long version,
        @Schema(
                        description =
                                "BUILDING while not all customers are decided by the newest version; what is"
                                        + " written meanwhile is.")
                State state,
        @Schema(description = "While BUILDING: how many customers are decided.", nullable = true)
                @Nullable Long decided,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether the members are those of the newest version. */
    @Schema(name = "SegmentState")
    public enum State {
        BUILDING,
        READY
    }

    static SegmentView of(Segment segment) {
        SegmentTerms terms = segment.terms();
        Segment.Progress build = segment.build();
        return new SegmentView(
                segment.key(),
                terms.label(),
                terms.description(),
                terms.condition(),
                terms.active(),
                segment.version(),
                build == null ? State.READY : State.BUILDING,
                build == null ? null : build.decided(),
                segment.createdAt(),
                segment.updatedAt());
    }
}
