package io.rapport.customer.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.profile.PlainText;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a manager says of a segment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "SegmentTerms",
        description = "Who is in a segment.",
        requiredProperties = {"label", "condition"},
        examples = SegmentTerms.EXAMPLE)
public record SegmentTerms(
        @Schema(description = "What staff call it.", maxLength = 200) @NotNull @PlainText(max = 200)
                String label,
        @Schema(description = "What it is for.", maxLength = 1000, nullable = true)
                @PlainText(max = 1000)
                @Nullable String description,
        @NotNull Condition condition,
        @Schema(
                        description =
                                "False when it is retired: all leave it, and it can be deleted. True when absent.")
                Boolean active) {

    static final String EXAMPLE =
            """
            {"label": "Silent buyers", "description": "Whom we have not heard of for two months.",
             "condition": {"all": [
               {"field": "country", "operator": "ANY_OF", "values": ["GB", "IE"]},
               {"field": "purchases.GBP.sum", "operator": "AT_LEAST", "values": [100]},
               {"not": {"field": "interactions.lastAt", "operator": "NEWER_THAN", "values": ["P60D"]}}]},
             "active": true}""";

    public SegmentTerms {
        active = Objects.requireNonNullElse(active, true);
    }
}
