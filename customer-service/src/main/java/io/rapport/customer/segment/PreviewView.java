package io.rapport.customer.segment;

import io.rapport.customer.profile.CustomerView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who would be in a segment, as far as was counted. */
@Schema(
        name = "SegmentPreview",
        requiredProperties = {"count", "bound", "examined", "sample"},
        examples =
                """
                {"count": 1, "bound": "EXACT", "examined": 4200, "sample": [{"customer":
                 {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "status": "ACTIVE", "kind": "PERSON", "country": "GB",
                  "identities": [], "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"},
                 "fields": ["loyalty.tier"]}]}""")
public record PreviewView(
        @Schema(description = "How many of those that were examined meet the conditions.")
                long count,
        @Schema(
                        description =
                                "EXACT when all customers were examined; AT_LEAST when the time was over before.")
                Bound bound,
        @Schema(description = "How many customers were held against the conditions.") long examined,
        @Schema(description = "The first that meet them, in the order of their ids, at most 20.")
                List<Sample> sample) {

    /** How good a count is. */
    @Schema(name = "SegmentPreviewBound")
    public enum Bound {
        EXACT,
        AT_LEAST
    }

    /** One that would be in it, and the fields that decided it. */
    @Schema(
            name = "SegmentSample",
            requiredProperties = {"customer", "fields"})
    public record Sample(CustomerView customer, List<String> fields) {}
}
