package io.rapport.interaction.promise;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.PromiseOutcome;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that we promised to a customer in an interaction, and how it stands with it. It stays
 * with the customer id that the interaction arrived on. Times are exact to the microsecond.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A promise, and how it stands with it. Members without a value are absent.",
        requiredProperties = {
            "id",
            "customer",
            "interaction",
            "kind",
            "team",
            "state",
            "madeAt",
            "dueAt"
        },
        examples = Promise.EXAMPLE)
public record Promise(
        UUID id,
        @Schema(description = "The id of the customer on whom the interaction arrived.")
                UUID customer,
        @Schema(description = "In which it was made.") UUID interaction,
        @Schema(examples = "CALL_BACK") String kind,
        @Schema(description = "What was promised.") @Nullable String text,
        @Schema(examples = "support") String team,
        @Schema(description = "Who made it, unless a rule did.", examples = "e-17")
                @Nullable String employee,
        @Schema(description = "The rule that made it.", examples = "ships-in-two-days")
                @Nullable String rule,
        PromiseState state,
        Instant madeAt,
        @Schema(description = "From this instant on it is broken, unless it came out before.")
                Instant dueAt,
        @Schema(description = "When it came out; of one that ran past its due time, that time.")
                @Nullable Instant settledAt,
        @Schema(description = "Why it came out so, as whoever said so put it.")
                @Nullable String reason) {

    static final String EXAMPLE =
            """
            {
              "id": "019aa5d1-2c40-7d11-8f0e-5b7a9c3e1d20",
              "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
              "interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
              "kind": "CALL_BACK",
              "text": "We call back with the date of delivery.",
              "team": "support",
              "employee": "e-17",
              "state": "OPEN",
              "madeAt": "2026-11-20T09:20:00.125Z",
              "dueAt": "2026-11-21T12:00:00Z"
            }""";

    InteractionEvent.PromiseMade made() {
        return new InteractionEvent.PromiseMade(customer, id, interaction, kind, dueAt, madeAt);
    }

    /** Tells that this promise, as it stood before, has come out so. */
    InteractionEvent came(PromiseOutcome outcome, Instant at) {
        return switch (outcome) {
            case KEPT, EXCEEDED ->
                    new InteractionEvent.PromiseKept(
                            customer, id, interaction, kind, outcome, dueAt, at);
            case BROKEN ->
                    new InteractionEvent.PromiseBroken(customer, id, interaction, kind, dueAt, at);
            case WITHDRAWN ->
                    new InteractionEvent.PromiseWithdrawn(
                            customer, id, interaction, kind, dueAt, at);
        };
    }

    /** The same promise with what has become of it. */
    Promise settled(PromiseOutcome outcome, Instant at, @Nullable String why) {
        return new Promise(
                id,
                customer,
                interaction,
                kind,
                text,
                team,
                employee,
                rule,
                PromiseState.of(outcome),
                madeAt,
                dueAt,
                at,
                why);
    }
}
