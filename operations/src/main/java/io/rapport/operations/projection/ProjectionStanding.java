package io.rapport.operations.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.event.Generations.Standing;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a projection stands. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A projection of this service and its generations.",
        requiredProperties = {"name", "live", "dropped"},
        examples =
                "{\"name\": \"context\", \"live\": 2, \"beside\": 3, \"behind\": 48210, \"dropped\": [1]}")
public record ProjectionStanding(
        String name,
        @Schema(description = "The generation that is read.") int live,
        @Schema(
                        description =
                                "The generation that is folded beside it: by a replay, or because it was live before a"
                                        + " switch. Absent: none.")
                @Nullable Integer beside,
        @Schema(
                        description =
                                "Records that the live generation has applied and the one beside has not. Absent: none"
                                        + " is folded beside.")
                @Nullable Long behind,
        @Schema(
                        description =
                                "Generations that were dropped and whose rows are still being removed.")
                List<Integer> dropped) {

    static ProjectionStanding of(Standing standing, @Nullable Long behind) {
        return new ProjectionStanding(
                standing.name(), standing.live(), standing.beside(), behind, standing.dropped());
    }
}
