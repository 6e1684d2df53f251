package io.rapport.operations.projection;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What two generations differ in, as far as they were compared. */
@Schema(description = "What two generations differ in, for the customers of one page.")
public record Comparison(
        @Schema(required = true, description = "Customers that were compared.", examples = "10000")
                int compared,
        @Schema(required = true, description = "The rows that differ.") List<Difference> items,
        @Schema(
                        required = true,
                        description =
                                "Customers of whom one generation has applied more than the other. Ask again; they stay"
                                        + " when an event of theirs is parked.")
                List<UUID> unsettled,
        @Schema(
                        description =
                                "Give it as `after` for the customers that follow. Null: these were the last.")
                @Nullable String next) {}
