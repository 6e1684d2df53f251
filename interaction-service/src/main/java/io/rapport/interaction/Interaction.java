package io.rapport.interaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.platform.Money;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happened once between a customer and us. A recorded fact: it stays with the customer id it
 * arrived on, and is corrected by new versions only, beside which the older ones stay. Words and
 * what names a person can be cleared. Times are exact to the microsecond.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "An interaction as it was recorded. Members that it has no value for are absent.",
        requiredProperties = {
            "id",
            "version",
            "customer",
            "source",
            "sourceId",
            "type",
            "channel",
            "direction",
            "occurredAt",
            "recordedAt"
        },
        examples = Interaction.EXAMPLE)
public record Interaction(
        UUID id,
        @Schema(description = "1, and one more with each correction.", examples = "1") int version,
        @Schema(description = "The id of the customer on whom it arrived.") UUID customer,
        @Schema(description = "The system that told of it.", examples = "online-retail")
                String source,
        @Schema(description = "Its id in that system.", examples = "536365") String sourceId,
        @Schema(examples = "PURCHASE") String type,
        @Schema(examples = "WEB") String channel,
        Direction direction,
        @Schema(examples = "checkout") @Nullable String touchpoint,
        @Schema(description = "Of 0 or less for what takes a purchase back.")
                @Nullable Money amount,
        @Schema(description = "When it happened.") Instant occurredAt,
        @Schema(description = "When we got to know of it.") Instant recordedAt,
        @Schema(description = "What it was about, in one line.") @Nullable String subject,
        @Schema(description = "What was said. Lists leave it out; read the interaction by its id.")
                @Nullable String text,
        @Schema(
                        description =
                                "The thread that it was put into. Lists leave it out; they can be filtered by it.")
                @Nullable UUID thread,
        @JsonUnwrapped Circumstances circumstances) {

    static final String EXAMPLE =
            """
            {
              "id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
              "version": 1,
              "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
              "source": "online-retail",
              "sourceId": "536365",
              "type": "PURCHASE",
              "channel": "WEB",
              "direction": "INBOUND",
              "touchpoint": "checkout",
              "amount": {"amount": "139.12", "currency": "GBP"},
              "occurredAt": "2026-11-20T09:14:05.250Z",
              "recordedAt": "2026-11-20T09:14:06.125Z"
            }""";

    /** The same, in a thread. */
    public Interaction inThread(UUID other) {
        return new Interaction(
                id,
                version,
                customer,
                source,
                sourceId,
                type,
                channel,
                direction,
                touchpoint,
                amount,
                occurredAt,
                recordedAt,
                subject,
                text,
                other,
                circumstances);
    }

    /** What everybody may know of it: no words, no id of another system. */
    public InteractionEvent.Recorded recorded() {
        return new InteractionEvent.Recorded(
                customer,
                id,
                type,
                channel,
                direction,
                touchpoint,
                amount,
                circumstances.employee(),
                circumstances.team(),
                circumstances.emotions(),
                circumstances.outcome(),
                circumstances.duration(),
                circumstances.waited(),
                occurredAt,
                recordedAt);
    }
}
