package io.rapport.interaction.promise;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a team has promised of a kind, and how it came out, in a window: each counted on the day in
 * UTC on which it happened.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "Promises of a team and kind, each counted on the days on which it was made and came out.",
        requiredProperties = {"team", "kind", "made", "kept", "exceeded", "broken", "withdrawn"},
        examples =
                """
                {
                  "team": "support",
                  "kind": "CALL_BACK",
                  "made": 120,
                  "kept": 81,
                  "exceeded": 9,
                  "broken": 10,
                  "withdrawn": 4,
                  "keptShare": 0.9
                }""")
public record PromiseFigures(
        String team,
        String kind,
        long made,
        long kept,
        long exceeded,
        long broken,
        long withdrawn,
        @Schema(
                        description =
                                "Of those that were kept, exceeded or broken, the share that was not broken; absent"
                                        + " where there is none.")
                @Nullable BigDecimal keptShare) {

    /** The same with the number of customers whom they concern, counted up to a bound. */
    public record Counted(
            String team,
            String kind,
            long made,
            long kept,
            long exceeded,
            long broken,
            long withdrawn,
            long customers) {

        PromiseFigures figures() {
            return new PromiseFigures(
                    team, kind, made, kept, exceeded, broken, withdrawn, keptShare());
        }

        private @Nullable BigDecimal keptShare() {
            long met = kept + exceeded;
            return met + broken == 0
                    ? null
                    : BigDecimal.valueOf(met)
                            .divide(BigDecimal.valueOf(met + broken), 4, RoundingMode.HALF_EVEN);
        }
    }
}
