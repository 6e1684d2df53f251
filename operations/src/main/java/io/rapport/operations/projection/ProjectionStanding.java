package io.rapport.operations.projection;

import io.rapport.platform.event.Generations.Standing;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a projection stands. */
@Schema(description = "A projection of this service and its generations.")
public record ProjectionStanding(
        @Schema(required = true, description = "The name of the projection.", examples = "context")
                String name,
        @Schema(required = true, description = "The generation that is read.", examples = "1")
                int live,
        @Schema(
                        description =
                                "The generation that is folded beside it: by a replay, or because it was live before a"
                                        + " switch. Null: none.",
                        examples = "2")
                @Nullable Integer beside,
        @Schema(
                        description =
                                "Records that the live generation has applied and the one beside has not. Null: none is"
                                        + " folded beside.",
                        examples = "0")
                @Nullable Long behind) {

    static ProjectionStanding of(Standing standing, @Nullable Long behind) {
        return new ProjectionStanding(standing.name(), standing.live(), standing.beside(), behind);
    }
}
