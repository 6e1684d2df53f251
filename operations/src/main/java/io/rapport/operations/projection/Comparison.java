package io.rapport.operations.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What two generations differ in, as far as they were compared. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "What two generations differ in, for the customers of one page.",
        requiredProperties = {"compared", "items", "unsettled"},
        examples =
                """
                {"compared": 4372, "unsettled": [], "items": [
                  {"table": "context_loyalty_by_generation", "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                   "generation": 1, "row": {"programme": "default", "balance": 26, "tier": "SILVER"}},
                  {"table": "context_loyalty_by_generation", "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                   "generation": 2, "row": {"programme": "default", "balance": 25, "tier": "SILVER"}}]}""")
public record Comparison(
        @Schema(description = "Customers that were looked at.") int compared,
        @Schema(description = "The rows that differ.") List<Difference> items,
        @Schema(
                        description =
                                "Customers of whom one generation has applied more than the other. Ask again; they stay"
                                        + " when an event of theirs is parked.")
                List<UUID> unsettled,
        @Schema(
                        description =
                                "Give it as `after` for the customers that follow. Absent: these were the last.")
                @Nullable String next) {}
