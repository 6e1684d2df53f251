package io.rapport.customer.consent;

import static io.rapport.customer.profile.StandardCode.Kind.LANGUAGE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import io.rapport.customer.profile.PlainText;
import io.rapport.customer.profile.StandardCode;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a consent to a purpose means. A change holds for what is given from then on; what was given
 * before keeps the end and the need of a confirmation that it was given with.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ConsentPurposeTerms",
        description = "What a consent to a purpose means. Holds for consents given from then on.",
        examples = PurposeTerms.EXAMPLE)
public record PurposeTerms(
        @Schema(description = "By BCP 47 language tag, 1 to 50, each with up to 200 characters.")
                @NotNull
                @Size(min = 1, max = 50)
                Map<
                                @StandardCode(value = LANGUAGE, message = BY_LANGUAGE) String,
                                @NotNull @PlainText(max = 200) String>
                        title,
        @Schema(description = "By BCP 47 language tag, up to 50, each with up to 2,000 characters.")
                @Size(max = 50)
                @Nullable
                        Map<
                                @StandardCode(value = LANGUAGE, message = BY_LANGUAGE) String,
                                @NotNull @PlainText(max = 2000) String>
                        description,
        @Schema(description = "On which channels it can be given.") @NotNull @Size(min = 1)
                Set<@NotNull Channel> channels,
        @Schema(
                        implementation = String.class,
                        format = "period",
                        description =
                                "How long a consent holds from the time it was given, as ISO 8601 years, months and"
                                        + " days, up to 100 years; without an end, if absent.",
                        examples = "P2Y")
                @Nullable Period validity,
        @Schema(description = "Whether a giving counts only after its confirmation.") @NotNull
                Boolean doubleOptIn,
        @Schema(description = "False when it is retired: nothing can be given any more.") @NotNull
                Boolean active) {

    static final String EXAMPLE =
            """
            {"title": {"en": "Newsletter", "de": "Rundbrief"},
             "description": {"en": "News and offers, at most once a week."},
             "channels": ["EMAIL", "SMS"], "validity": "P2Y", "doubleOptIn": true, "active": true}""";

    private static final String BY_LANGUAGE = "must be BCP 47 language tags, as in en-GB";
    private static final int MAX_YEARS = 100;

    public PurposeTerms {
        if (validity != null && !isPossible(validity)) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError(
                            "/validity",
                            "must be a period of 1 day to 100 years, in years, months and days, such as P2Y"));
        }
    }

    private static boolean isPossible(Period period) {
        boolean forward =
                period.getYears() >= 0 && period.getMonths() >= 0 && period.getDays() >= 0;
        return forward
                && !period.isZero()
                && period.toTotalMonths() <= MAX_YEARS * 12L
                && period.getDays() <= MAX_YEARS * 366;
    }

    /** When a consent ends that is given at {@code from} in that calendar; null for never. */
    @Nullable Instant end(Instant from, ZoneId zone) {
        return validity == null ? null : from.atZone(zone).plus(validity).toInstant();
    }
}
