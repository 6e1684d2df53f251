package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A purpose as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ConsentPurpose",
        description = "What customers can consent to.",
        requiredProperties = {
            "key",
            "title",
            "channels",
            "doubleOptIn",
            "active",
            "createdAt",
            "updatedAt"
        },
        examples =
                """
                {"key": "product-news", "title": {"de": "Rundbrief", "en": "Newsletter"},
                 "description": {"en": "News and offers, at most once a week."},
                 "channels": ["EMAIL", "SMS"], "validity": "P2Y", "doubleOptIn": true, "active": true,
                 "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record ConsentPurposeView(
        String key,
        Map<String, String> title,
        @Nullable Map<String, String> description,
        Set<Channel> channels,
        @Schema(implementation = String.class, format = "period") @Nullable Period validity,
        boolean doubleOptIn,
        boolean active,
        Instant createdAt,
        Instant updatedAt) {

    static ConsentPurposeView of(ConsentPurpose purpose) {
        PurposeTerms terms = purpose.terms();
        return new ConsentPurposeView(
                purpose.key(),
                terms.title(),
                terms.description(),
                terms.channels(),
                terms.validity(),
                terms.doubleOptIn(),
                terms.active(),
                purpose.createdAt(),
                purpose.updatedAt());
    }
}
