package io.rapport.customer.segment;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The conditions that are tried. */
@Schema(
        name = "SegmentPreviewRequest",
        requiredProperties = "condition",
        examples =
                """
                {"condition": {"field": "loyalty.tier", "operator": "ANY_OF", "values": ["GOLD"]}}""")
public record PreviewRequest(@NotNull Condition condition) {}
