package io.rapport.interaction.correction;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.Reference;
import io.rapport.interaction.intake.Submission;
import io.rapport.interaction.intake.ToldReference;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an interaction should have said, and why, unchecked. */
@Schema(
        name = "InteractionCorrection",
        description =
                "What an interaction should have said. It replaces all that corrections can change: what is left out is"
                        + " absent in the new version.",
        requiredProperties = {"version", "reason"},
        examples = Correction.EXAMPLE)
public record Correction(
        @Schema(description = "The version that is corrected; refused when it is not the newest.")
                @NotNull
                Integer version,
        @Schema(description = "Why, in one line.", maxLength = 500)
                @NotNull
                @Pattern(
                        regexp = "(?=.*\\S)\\P{Cc}{1,500}",
                        message =
                                "must have 1 to 500 characters, not only blanks, and no control characters")
                String reason,
        @Schema(description = "Only as it was recorded.") @Nullable String type,
        @Schema(description = "Only as it was recorded.") @Nullable String channel,
        @Schema(description = "Only as it was recorded.") @Nullable String direction,
        @Schema(description = "Only as it was recorded.") @Nullable Money amount,
        @Schema(description = "Only as it was recorded.") @Nullable Instant occurredAt,
        @Nullable String touchpoint,
        @Schema(maxLength = 500) @Nullable String subject,
        @Schema(maxLength = 100_000) @Nullable String text,
        @Schema(maxLength = 64) @Nullable String employee,
        @Schema(maxLength = 64) @Nullable String team,
        @Schema(implementation = Reference.class) @Nullable ToldReference reference,
        @Schema(maxLength = 200) @Nullable String device,
        @Schema(maxLength = 200) @Nullable String place,
        @Schema(implementation = Object.class) @Nullable JsonNode attributes,
        @Nullable Map<String, Integer> emotions,
        @Nullable String outcome,
        @Schema(implementation = String.class, pattern = Circumstances.DURATION_FORM)
                @Nullable Duration duration,
        @Schema(implementation = String.class, pattern = Circumstances.DURATION_FORM)
                @JsonProperty("wait")
                @Nullable Duration waited) {

    static final String EXAMPLE =
            """
            {"version": 1, "reason": "It was another order.", "touchpoint": "checkout", "subject": "Your order",
             "reference": {"kind": "ORDER", "value": "536366"}}""";

    /** The interaction with all that it says now, to be checked as a new one is. */
    Submission of(Interaction recorded) {
        requireSameFigures(recorded);
        return new Submission(
                CustomerReference.parse(recorded.customer().toString()),
                recorded.source(),
                recorded.sourceId(),
                recorded.type(),
                recorded.channel(),
                recorded.direction().name(),
                touchpoint,
                recorded.amount(),
                recorded.occurredAt(),
                subject,
                text,
                null,
                employee,
                team,
                reference,
                device,
                place,
                attributes,
                emotions,
                outcome,
                duration,
                waited);
    }

    private void requireSameFigures(Interaction recorded) {
        List<FieldError> errors = new ArrayList<>();
        same("/type", type, recorded.type(), errors);
        same("/channel", channel, recorded.channel(), errors);
        same("/direction", direction, recorded.direction().name(), errors);
        same("/amount", amount, recorded.amount(), errors);
        same("/occurredAt", occurredAt, recorded.occurredAt(), errors);
        if (!errors.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "figures-stay",
                    "Others have reckoned with it: customer, type, channel, direction, amount and time stay as they were"
                            + " recorded. Record a cancellation, and what happened under an id of its own.",
                    errors.toArray(FieldError[]::new));
        }
    }

    private static void same(
            String pointer,
            @Nullable Object given,
            @Nullable Object recorded,
            List<FieldError> errors) {
        if (given != null && !given.equals(recorded)) {
            errors.add(new FieldError(pointer, "must be as it was recorded, or absent"));
        }
    }
}
