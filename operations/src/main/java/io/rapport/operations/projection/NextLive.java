package io.rapport.operations.projection;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which generation is to be read from now on. */
@Schema(
        description = "The generation that is to be read.",
        requiredProperties = "generation",
        examples = "{\"generation\": 2}")
public record NextLive(
        @NotNull @Min(1) @Schema(description = "The number of the generation beside.")
                Integer generation) {}
