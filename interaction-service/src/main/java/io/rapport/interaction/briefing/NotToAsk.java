package io.rapport.interaction.briefing;

import io.rapport.interaction.fact.Fact;
import io.rapport.interaction.fact.Known;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What nobody is to ask a customer for, and until when. */
@Schema(description = "What nobody is to ask the customer for.")
public record NotToAsk(
        @Schema(examples = "household-size") String key,
        @Schema(examples = "household") String topic,
        @Schema(description = "STATED already, or DECLINED to tell.") Known.Why why,
        @Schema(description = "From this instant on it may be asked for again.") Instant until,
        @Schema(description = "What says so.") UUID fact,
        @Schema(description = "In which it was told.") UUID interaction) {

    static NotToAsk of(Fact fact) {
        return new NotToAsk(
                fact.key(),
                fact.topic(),
                Known.why(fact),
                fact.validUntil(),
                fact.id(),
                fact.interaction());
    }
}
