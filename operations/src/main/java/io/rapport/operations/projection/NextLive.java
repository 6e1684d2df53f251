package io.rapport.operations.projection;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which generation is to be read from now on. */
@Schema(description = "The generation that is to be read.")
public record NextLive(
        @NotNull
                @Min(1)
                @Schema(
                        required = true,
                        description = "The number of the generation beside.",
                        examples = "2")
                Integer generation) {}
