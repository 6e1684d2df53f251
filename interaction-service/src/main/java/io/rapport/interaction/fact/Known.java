package io.rapport.interaction.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.FactKind;
import io.rapport.interaction.Learnt;
import io.rapport.interaction.type.FactKey;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether something is known of a customer, and whether to ask for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "KnownAlready",
        description = "Whether something is known of a customer, and whether to ask for it.",
        requiredProperties = {"key", "topic", "kind", "known", "ask", "why", "repeated"},
        examples =
                """
                {
                  "key": "household-size",
                  "topic": "household",
                  "kind": "CIRCUMSTANCE",
                  "known": true,
                  "ask": false,
                  "why": "STATED",
                  "fact": {
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
                  },
                  "repeated": false
                }""")
public record Known(
        String key,
        String topic,
        FactKind kind,
        @Schema(description = "Whether a value is known that still holds.") boolean known,
        @Schema(description = "Whether to ask the customer for it.") boolean ask,
        Why why,
        @Schema(description = "What is known, or that it was declined; with its interaction.")
                @Nullable Fact fact,
        @Schema(
                        description =
                                "Whether the customer had to repeat it in the interaction that was named.")
                boolean repeated) {

    /** Why to ask, or not. */
    public enum Why {
        /** The customer has stated it: do not ask. */
        STATED,
        /** The customer would not tell it: do not ask. */
        DECLINED,
        /** It was observed or inferred: ask whether it is so. */
        UNSURE,
        /** It is not known, or does not hold any more: ask. */
        UNKNOWN
    }

    static Known of(FactKey key, Optional<Fact> fact, boolean repeated) {
        Why why = fact.map(Known::why).orElse(Why.UNKNOWN);
        return new Known(
                key.code(),
                key.topic(),
                key.kind(),
                why == Why.STATED || why == Why.UNSURE,
                why == Why.UNKNOWN || why == Why.UNSURE,
                why,
                fact.orElse(null),
                repeated);
    }

    /** Why a fact that holds lets anybody ask for it, or not. */
    public static Why why(Fact fact) {
        if (fact.declined()) {
            return Why.DECLINED;
        }
        return fact.learnt() == Learnt.STATED ? Why.STATED : Why.UNSURE;
    }
}
