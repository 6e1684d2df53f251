package io.rapport.interaction.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.http.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one line of a batch: an interaction, new or known, or a problem. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "What became of one line of a batch.",
        requiredProperties = {"line", "status"},
        examples = {IntakeExamples.RECORDED_LINE, IntakeExamples.REFUSED_LINE})
record LineResult(
        @Schema(description = "The line's number in the body; the first is 1.") int line,
        @Schema(
                        description =
                                "The HTTP status that the line would have had alone: 201 recorded, 200 known already.",
                        examples = "201")
                int status,
        @Schema(description = "The interaction's id.") @Nullable UUID id,
        @Schema(description = "What Rapport-Version would have said: good for Rapport-At-Least.")
                @Nullable String version,
        @Schema(ref = IntakeExamples.PROBLEM) @Nullable Problem problem) {

    static LineResult accepted(int line, int status, UUID id, String version) {
        return new LineResult(line, status, id, version, null);
    }

    static LineResult refused(int line, Problem problem) {
        return new LineResult(line, problem.status(), null, null, problem);
    }
}
