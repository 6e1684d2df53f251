package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A consent as it is given, unchecked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A consent as it is given.",
        examples =
                """
                {"purpose": "product-news", "channel": "EMAIL",
                 "evidence": {"source": "web-shop", "textVersion": "newsletter-2026-05",
                              "occurredAt": "2026-11-20T09:14:05Z"}}""")
public record NewConsent(
        @Schema(description = "The key of a purpose.") @NotNull String purpose,
        @Schema(description = "One that the purpose covers.") @NotNull Channel channel,
        @NotNull @Valid Evidence evidence,
        @Schema(
                        description =
                                "When it ends, after it was given and before the year 10000, if that is before the"
                                        + " purpose's validity is over.")
                @Nullable Instant validUntil)
        implements Said {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    @Override
    public void requirePossibleAt(Instant now) {
        Said.super.requirePossibleAt(now);
        if (evidence.textVersion() == null) {
            throw wrong("/evidence/textVersion", "must say which text the customer consented to");
        }
    }

    /** When it ends: by its own words, and at the latest with the purpose's validity. */
    @Nullable Instant end(Instant occurredAt, @Nullable Instant endOfPurpose) {
        if (validUntil == null) {
            return endOfPurpose;
        }
        Instant own = validUntil.truncatedTo(ChronoUnit.MICROS);
        if (!own.isAfter(occurredAt) || own.isAfter(LATEST)) {
            throw wrong("/validUntil", "must lie after the giving, and before the year 10000");
        }
        return endOfPurpose == null || own.isBefore(endOfPurpose) ? own : endOfPurpose;
    }

    private static Refusal wrong(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError(pointer, reason));
    }
}
