package io.rapport.customer.segment;

import io.rapport.customer.profile.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody says of a customer and a segment, whatever the conditions say. */
@Schema(
        name = "SegmentOverrideTerms",
        requiredProperties = {"decision", "reason"},
        examples =
                """
                {"decision": "OUT", "reason": "Asked not to be treated as a big spender.",
                 "expiresAt": "2027-01-01T00:00:00Z"}""")
public record OverrideTerms(
        @NotNull SegmentOverride.Decision decision,
        @Schema(description = "Why.", maxLength = 500) @NotNull @PlainText(max = 500) String reason,
        @Schema(
                        type = SchemaType.STRING,
                        format = "date-time",
                        description =
                                "When the conditions decide again, to the instant; never, if absent.",
                        nullable = true)
                @Nullable String expiresAt) {}
