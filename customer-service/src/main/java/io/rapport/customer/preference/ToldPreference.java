package io.rapport.customer.preference;

import io.rapport.customer.profile.Learnt;
import io.rapport.customer.profile.PlainText;
import io.rapport.customer.profile.Preference;
import io.rapport.customer.profile.PreferenceKind;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of a preference or an expectation, unchecked. */
@Schema(
        requiredProperties = {"value", "learnt", "source"},
        examples =
                """
                {"value": {"from": "22:00", "to": "07:30"}, "learnt": "STATED", "source": "call-centre",
                 "at": "2026-11-20T09:14:05Z"}""")
public record ToldPreference(
        @Schema(description = "PREFERENCE when absent.") PreferenceKind kind,
        @Schema(
                        implementation = Object.class,
                        description =
                                "Text of up to 500 characters, a number, true or false. Of contact-rhythm {\"atMost\": 2,"
                                        + " \"within\": \"P7D\"}, of quiet-hours {\"from\": \"22:00\", \"to\": \"07:30\"},"
                                        + " of preferred-channels and avoided-channels a list of channels.")
                @NotNull
                Object value,
        @NotNull Learnt learnt,
        @Schema(description = "The system that learnt it.", examples = "call-centre")
                @NotNull
                @Pattern(
                        regexp = CustomerReference.SOURCE_FORM,
                        message = CustomerReference.SOURCE_RULE)
                String source,
        @Schema(
                        description =
                                "When it was learnt, from 1900 up to 5 minutes from now. Now, if absent, unless just this"
                                        + " is known already.",
                        nullable = true)
                @Nullable Instant at,
        @Schema(
                        description =
                                "How sure the source is, from 0 to 1 with 3 decimals: 1 when absent and stated.",
                        nullable = true)
                @DecimalMin("0")
                @DecimalMax("1")
                @Digits(integer = 1, fraction = 3)
                @Nullable BigDecimal confidence) {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_DIGITS = 15;

    public ToldPreference {
        kind = Objects.requireNonNullElse(kind, PreferenceKind.PREFERENCE);
    }

    /** What this makes of what is known of the key: learnt in the same way, or in another. */
    Preference about(String key, List<Preference> known, Instant now) {
        Preference told = new Preference(key, learnt, kind, value, source, time(now), sure());
        requireValue(told);
        return at != null
                ? told
                : known.stream().filter(one -> isJust(one, told)).findFirst().orElse(told);
    }

    private static boolean isJust(Preference known, Preference told) {
        return known.equals(
                new Preference(
                        told.key(),
                        told.learnt(),
                        told.kind(),
                        told.value(),
                        told.source(),
                        known.at(),
                        told.confidence()));
    }

    private static void requireValue(Preference told) {
        BindingPreference.of(told.key())
                .ifPresentOrElse(
                        binding -> binding.require(told.kind(), told.value()),
                        () -> requireScalar(told.value()));
    }

    private static void requireScalar(Object value) {
        boolean fits =
                switch (value) {
                    case String text -> PlainText.Validator.fits(text, LONGEST_TEXT);
                    case BigDecimal number ->
                            number.scale() <= MOST_DIGITS
                                    && number.precision() - number.scale() <= MOST_DIGITS;
                    default -> value instanceof Boolean;
                };
        if (!fits) {
            throw BindingPreference.wrong(
                    "/value",
                    "must be text of 1 to 500 characters without control characters, a number with at most 15"
                            + " digits, true or false");
        }
    }

    private BigDecimal sure() {
        if (confidence == null && learnt != Learnt.STATED) {
            throw BindingPreference.wrong(
                    "/confidence", "must be there for what was not stated by the customer");
        }
        return confidence == null ? BigDecimal.ONE : confidence;
    }

    private Instant time(Instant now) {
        if (at == null) {
            return now;
        }
        if (at.isBefore(EARLIEST) || at.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw Refusal.invalid(
                    "impossible-time",
                    "This cannot have been learnt at that time.",
                    new Refusal.FieldError("/at", "must lie between 1900 and 5 minutes from now"));
        }
        return at.isAfter(now) ? now : at.truncatedTo(ChronoUnit.MICROS);
    }
}
