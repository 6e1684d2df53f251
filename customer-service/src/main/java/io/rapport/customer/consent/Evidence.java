package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who can prove what was said, of which text, and when. Labels and a time; never words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Where the proof is, of which text, and when it was said.")
public record Evidence(
        @Schema(
                        description =
                                "The system that keeps the proof. A partner gives one that its token lists, and sees"
                                        + " only those.",
                        examples = "web-shop")
                @NotNull
                @Pattern(
                        regexp = CustomerReference.SOURCE_FORM,
                        message = CustomerReference.SOURCE_RULE)
                String source,
        @Schema(
                        description =
                                "Which version of the text the customer saw; a giving needs it.",
                        examples = "newsletter-2026-05")
                @Pattern(regexp = TEXT_VERSION_FORM, message = TEXT_VERSION_RULE)
                @Nullable String textVersion,
        @Schema(
                        description =
                                "When it was said, from 1900 up to 5 minutes from now; now, if absent.")
                @Nullable Instant occurredAt) {

    private static final String TEXT_VERSION_FORM = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    private static final String TEXT_VERSION_RULE =
            "must have 1 to 64 letters, digits, dots, underscores and hyphens, and begin with a letter or digit";

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /** Clocks of other systems run ahead, but not by more than this. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    void requirePossibleAt(Instant now) {
        if (occurredAt != null && occurredAt.isBefore(EARLIEST)) {
            throw impossible("must not lie before 1900");
        }
        if (occurredAt != null && occurredAt.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw impossible("must not lie more than 5 minutes in the future");
        }
    }

    /**
     * When it was said, as far as that can be when it is recorded now: a clock that runs ahead must
     * not put a giving behind the withdrawal that follows it.
     */
    Instant occurredBefore(Instant now) {
        return occurredAt == null || occurredAt.isAfter(now)
                ? now
                : occurredAt.truncatedTo(ChronoUnit.MICROS);
    }

    static Refusal impossible(String reason) {
        return Refusal.invalid(
                "impossible-time",
                "The evidence tells of a time at which this cannot have been said.",
                new FieldError("/evidence/occurredAt", reason));
    }
}
