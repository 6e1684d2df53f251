package io.rapport.customer.consent;

import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was recorded, and what holds now that it is. */
@Schema(
        description =
                "What was recorded, and what holds now that it is: something later may have been said already.",
        requiredProperties = {"recorded", "consent"},
        examples =
                "{\"recorded\": "
                        + ConsentRecordView.EXAMPLE
                        + ", \"consent\": "
                        + ConsentView.EXAMPLE
                        + "}")
public record RecordedConsent(ConsentRecordView recorded, ConsentView consent) {

    static RecordedConsent of(
            ConsentRecord recorded, ConsentDecision decision, Predicate<String> visible) {
        return new RecordedConsent(
                ConsentRecordView.of(recorded, visible),
                ConsentView.of(recorded.purpose(), recorded.channel(), decision, visible));
    }
}
