package io.rapport.interaction.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How often customers had to repeat something to a team by a channel, in a window. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "In how many interactions something was told or asked, and in how many of them we knew it.",
        requiredProperties = {"key", "channel", "occasions", "repeated", "repeatedShare"},
        examples =
                """
                {
                  "key": "household-size",
                  "channel": "PHONE",
                  "team": "first-line",
                  "occasions": 120,
                  "repeated": 18,
                  "repeatedShare": 0.15
                }""")
public record RepetitionFigures(
        @Schema(description = "Under which key.") String key,
        @Schema(description = "By which way.") String channel,
        @Schema(description = "To whom; absent where no team was told.") @Nullable String team,
        @Schema(
                        description =
                                "Interactions in which the customer stated something under the key, or was asked for it.")
                long occasions,
        @Schema(description = "Those of them in which we knew it.") long repeated,
        @Schema(description = "What part of the occasions they are.") BigDecimal repeatedShare) {

    /** The same with the number of customers whom they concern, counted up to a bound. */
    public record Counted(
            String key,
            String channel,
            String team,
            long occasions,
            long repeated,
            long customers) {

        RepetitionFigures figures() {
            return new RepetitionFigures(
                    key,
                    channel,
                    team.isEmpty() ? null : team,
                    occasions,
                    repeated,
                    BigDecimal.valueOf(repeated)
                            .divide(BigDecimal.valueOf(occasions), 4, RoundingMode.HALF_EVEN));
        }
    }
}
