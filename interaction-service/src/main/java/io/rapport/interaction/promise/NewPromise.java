package io.rapport.interaction.promise;

import io.rapport.interaction.Words;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A promise as somebody makes it, unchecked: an employee, or a rule of the caller's own, for this
 * service has none that promises.
 */
@Schema(
        description = "A promise, made by an employee or by a rule.",
        requiredProperties = {"kind", "text", "team", "dueAt"},
        examples =
                """
                {
                  "kind": "CALL_BACK",
                  "text": "We call back with the date of delivery.",
                  "team": "support",
                  "employee": "e-17",
                  "dueAt": "2026-11-21T12:00:00Z"
                }""")
public record NewPromise(
        @NotNull
                @Schema(
                        description = "Unknown kinds are refused with a list of what there is.",
                        examples = "CALL_BACK")
                String kind,
        @NotNull
                @Schema(
                        description = "What was promised; kept as it is.",
                        minLength = 1,
                        maxLength = NewPromise.LONGEST)
                String text,
        @NotNull @Pattern(regexp = SLUG, message = SLUG_RULE) @Schema(examples = "support")
                String team,
        @Pattern(regexp = SLUG, message = SLUG_RULE)
                @Schema(description = "Who makes it; not with a rule.", examples = "e-17")
                @Nullable String employee,
        @Pattern(regexp = SLUG, message = SLUG_RULE)
                @Schema(
                        description =
                                "The caller's name for the rule that makes it; not with an employee.",
                        examples = "ships-in-two-days")
                @Nullable String rule,
        @NotNull
                @Schema(
                        description =
                                "When it is due: an instant to come, 3,660 days from now at most.")
                Instant dueAt) {

    static final int LONGEST = 2_000;

    static final String SLUG = "^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$";
    static final String SLUG_RULE =
            "must be words of a-z and 0-9 joined by hyphens, at most 64 characters";

    private static final Duration FARTHEST = Duration.ofDays(3_660);

    /** Refuses with everything that is wrong, or answers the promise that it becomes. */
    Promise becomes(
            UUID id, UUID customer, UUID interaction, SortedSet<String> kinds, Instant now) {
        Instant due = dueAt.truncatedTo(ChronoUnit.MICROS);
        List<FieldError> errors = new ArrayList<>();
        if (!kinds.contains(kind)) {
            errors.add(
                    new FieldError(
                            "/kind", "is unknown; it must be one of " + String.join(", ", kinds)));
        }
        if (!Words.areKept(text, LONGEST)) {
            errors.add(new FieldError("/text", Words.rule(LONGEST)));
        }
        if ((employee == null) == (rule == null)) {
            errors.add(new FieldError("/employee", "must be given, or else a rule, and not both"));
        }
        if (!due.isAfter(now) || due.isAfter(now.plus(FARTHEST))) {
            errors.add(
                    new FieldError(
                            "/dueAt", "must lie ahead, 3,660 days from now at the farthest"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-promise",
                    "Nothing was promised. Correct what 'errors' names and send it again.",
                    errors.toArray(FieldError[]::new));
        }
        return new Promise(
                id,
                customer,
                interaction,
                kind,
                text,
                team,
                employee,
                rule,
                PromiseState.OPEN,
                now,
                due,
                null,
                null);
    }
}
