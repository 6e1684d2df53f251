package io.rapport.feedback.intake;

import io.rapport.feedback.Metric;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rating as a caller hands it in. With a source and its id it is taken once, however often it is
 * sent.
 */
@Schema(
        description =
                "A rating, and what the customer said with it. With source and sourceId it is taken once.",
        examples =
                """
                {
                  "customer": "online-retail:17850",
                  "metric": "NPS",
                  "rating": 9,
                  "text": "Quick delivery, friendly people.",
                  "touchpoint": "checkout",
                  "occurredAt": "2026-11-20T09:30:00Z",
                  "source": "web-survey",
                  "sourceId": "answer-4711"
                }""")
public record NewFeedback(
        @NotNull
                @Schema(
                        implementation = String.class,
                        description = "A customer's id, or source:externalId.")
                CustomerReference customer,
        @NotNull Metric metric,
        @NotNull @Schema(description = "NPS 0 to 10, CSAT 1 to 5, CES 1 to 7.") Integer rating,
        @Schema(description = "The customer's own words.", minLength = 1, maxLength = MAX_TEXT)
                @Nullable String text,
        @Size(max = 64, message = TOUCHPOINT_RULE)
                @Pattern(regexp = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", message = TOUCHPOINT_RULE)
                @Schema(description = "Where it was felt.")
                @Nullable String touchpoint,
        @Schema(description = "The interaction that it is about.") @Nullable UUID interaction,
        @Schema(
                        description =
                                "When it was given, from 1900 up to 5 minutes from now; now, if absent.")
                @Nullable Instant occurredAt,
        @Pattern(regexp = CustomerReference.SOURCE_FORM, message = CustomerReference.SOURCE_RULE)
                @Schema(description = "The system that it comes from.")
                @Nullable String source,
        @Schema(description = "Its id there.", minLength = 1, maxLength = 200)
                @Nullable String sourceId) {

    static final int MAX_TEXT = 10_000;

    private static final String TOUCHPOINT_RULE =
            "must be words of a-z and 0-9 joined by hyphens, at most 64 characters, such as \"store-checkout\"";

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /** Clocks of other systems run ahead, but not by more than this. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    // No control, format or private-use characters, and no halves of surrogate pairs.
    private static final java.util.regex.Pattern SOURCE_ID =
            java.util.regex.Pattern.compile("(?! )\\P{C}{1,200}(?<! )");

    boolean hasNaturalKey() {
        return source != null && sourceId != null;
    }

    /** Refuses what no single field can tell, with a pointer to each field that is wrong. */
    void requireValidAt(Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (!metric.hasOnScale(rating)) {
            errors.add(
                    new FieldError(
                            "/rating",
                            "must be between %d and %d for %s"
                                    .formatted(metric.lowest(), metric.highest(), metric)));
        }
        if (text != null && !isReadable(text)) {
            errors.add(
                    new FieldError(
                            "/text",
                            "must have 1 to "
                                    + MAX_TEXT
                                    + " characters, not only blanks, in valid Unicode"));
        }
        if (occurredAt != null && occurredAt.isBefore(EARLIEST)) {
            errors.add(new FieldError("/occurredAt", "must not lie before 1900"));
        }
        if (occurredAt != null && occurredAt.isAfter(now.plus(CLOCK_TOLERANCE))) {
            errors.add(
                    new FieldError(
                            "/occurredAt", "must not lie more than 5 minutes in the future"));
        }
        if (sourceId != null && !SOURCE_ID.matcher(sourceId).matches()) {
            errors.add(
                    new FieldError(
                            "/sourceId",
                            "must have 1 to 200 characters, no control characters and no blank at its ends"));
        }
        if ((source == null) != (sourceId == null)) {
            String missing = source == null ? "/source" : "/sourceId";
            errors.add(
                    new FieldError(missing, "must be given: source and sourceId belong together"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-feedback",
                    "This feedback cannot be taken as it is.",
                    errors.toArray(FieldError[]::new));
        }
    }

    /** The fact that this becomes. */
    Feedback becomes(UUID id, UUID ofCustomer, Instant now) {
        return new Feedback(
                id,
                ofCustomer,
                metric,
                rating,
                text,
                touchpoint,
                interaction,
                source,
                sourceId,
                occurredAt == null ? now : toMicros(occurredAt),
                now);
    }

    /**
     * Equal for equal content, whoever the customer is. Members that came later must add nothing
     * when absent.
     */
    UUID contentHash() {
        return new Fingerprint()
                .add("metric", metric)
                .add("rating", rating)
                .add("text", text)
                .add("touchpoint", touchpoint)
                .add("interaction", interaction)
                .add("occurredAt", occurredAt == null ? null : toMicros(occurredAt))
                .toUuid();
    }

    /** Equal when the caller named the customer the same way. */
    UUID namedHash() {
        return new Fingerprint().add("customer", customer).toUuid();
    }

    /** As exactly as it is kept. */
    private static Instant toMicros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** A zero byte or half a surrogate pair is no text that a database can store and give back. */
    private static boolean isReadable(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_TEXT
                && text.codePoints()
                        .allMatch(
                                point ->
                                        point != 0
                                                && Character.getType(point) != Character.SURROGATE);
    }
}
