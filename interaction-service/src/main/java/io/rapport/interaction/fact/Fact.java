package io.rapport.interaction.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.FactKind;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.Learnt;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What we got to know of a customer in an interaction, in its newest version. It stays with the
 * customer id that the interaction arrived on. Times are exact to the microsecond.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "A fact that was told, in its newest version. Members without a value are absent.",
        requiredProperties = {
            "id",
            "version",
            "customer",
            "interaction",
            "key",
            "topic",
            "kind",
            "learnt",
            "declined",
            "toldAt",
            "validUntil",
            "recordedAt",
            "teller"
        },
        examples = Fact.EXAMPLE)
public record Fact(
        UUID id,
        @Schema(description = "1, and one more with each correction.", examples = "1") int version,
        @Schema(description = "The id of the customer on whom the interaction arrived.")
                UUID customer,
        @Schema(description = "In which it was told.") UUID interaction,
        @Schema(examples = "household-size") String key,
        @Schema(examples = "household") String topic,
        FactKind kind,
        @Schema(description = "How it was learnt.") Learnt learnt,
        @Schema(
                        description =
                                "Whether the customer would not tell it, and does not want to be asked.")
                boolean declined,
        @Schema(description = "What it is; absent where it was declined or forgotten.")
                @Nullable String value,
        @Schema(description = "When the interaction happened.") Instant toldAt,
        @Schema(description = "From this instant on it is not known any more.") Instant validUntil,
        @Schema(description = "When we got to know of this version.") Instant recordedAt,
        @Schema(description = "Who handed this version in.") Teller teller,
        @Schema(description = "When we were asked to forget it.") @Nullable Instant forgottenAt) {

    static final String EXAMPLE =
            """
            {
              "id": "019aa5d2-3d50-7e22-901f-6c8bad4f2e30",
              "version": 1,
              "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
              "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
              "key": "household-size",
              "topic": "household",
              "kind": "CIRCUMSTANCE",
              "learnt": "STATED",
              "declined": false,
              "value": "Four, and a dog",
              "toldAt": "2026-11-20T09:14:05.250Z",
              "validUntil": "2028-11-20T09:14:05.250Z",
              "recordedAt": "2026-11-20T09:15:00.125Z",
              "teller": "STAFF"
            }""";

    static final int LAST_VERSION = 11;

    FactContent content() {
        return new FactContent(learnt, declined, value, validUntil);
    }

    /** Whether it still holds at that time. */
    public boolean holdsAt(Instant time) {
        return forgottenAt == null && time.isBefore(validUntil);
    }

    InteractionEvent.FactTold told() {
        return new InteractionEvent.FactTold(
                customer,
                id,
                version,
                interaction,
                key,
                kind,
                learnt,
                declined,
                toldAt,
                validUntil,
                recordedAt);
    }

    /** The same in its next version. */
    Fact corrected(FactContent content, Instant now, Teller by) {
        return new Fact(
                id,
                version + 1,
                customer,
                interaction,
                key,
                topic,
                kind,
                content.learnt(),
                content.declined(),
                content.value(),
                toldAt,
                content.validUntil(),
                now,
                by,
                null);
    }

    /** The same without what it said. */
    Fact forgotten(Instant now) {
        return new Fact(
                id,
                version,
                customer,
                interaction,
                key,
                topic,
                kind,
                learnt,
                declined,
                null,
                toldAt,
                validUntil,
                recordedAt,
                teller,
                now);
    }
}
