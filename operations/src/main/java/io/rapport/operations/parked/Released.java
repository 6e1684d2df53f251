package io.rapport.operations.parked;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How many events took effect now, and the first of the same consumer, topic and customer that is
 * still parked, if any is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "How many events took effect now, and what of the customer is still parked.",
        requiredProperties = "applied",
        examples = "{\"applied\": 3}")
public record Released(
        int applied,
        @Schema(description = "The first that is still parked: go on with it.")
                @Nullable ParkedEvent next) {}
