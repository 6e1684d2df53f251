package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What holds of one purpose and channel, as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Consent",
        description = "What holds for one purpose on one channel, and the record that decides it.",
        requiredProperties = {"purpose", "channel", "state"},
        examples = ConsentView.EXAMPLE)
public record ConsentView(
        String purpose,
        Channel channel,
        ConsentState state,
        @Schema(description = "When the consent ends; absent when it has no end.")
                @Nullable Instant validUntil,
        @Nullable ConsentRecordView record,
        @Schema(description = "Of a giving that needed one.")
                @Nullable ConsentRecordView confirmation,
        @Schema(description = "A later giving that waits for its confirmation.")
                @Nullable UUID pending) {

    static final String EXAMPLE =
            "{\"purpose\": \"product-news\", \"channel\": \"EMAIL\", \"state\": \"GIVEN\","
                    + " \"validUntil\": \"2028-11-20T09:14:05Z\", \"record\": "
                    + ConsentRecordView.EXAMPLE
                    + "}";

    static ConsentView of(
            String purpose, Channel channel, ConsentDecision decision, Predicate<String> visible) {
        return new ConsentView(
                purpose,
                channel,
                decision.state(),
                decision.validUntil(),
                view(decision.record(), visible),
                view(decision.confirmation(), visible),
                decision.pending());
    }

    private static @Nullable ConsentRecordView view(
            @Nullable ConsentRecord record, Predicate<String> visible) {
        return record == null ? null : ConsentRecordView.of(record, visible);
    }
}
