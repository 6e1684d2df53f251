package io.rapport.interaction.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.Learnt;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a fact said in one of its versions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A version of a fact. Members without a value are absent.",
        requiredProperties = {
            "fact",
            "version",
            "learnt",
            "declined",
            "validUntil",
            "recordedAt",
            "teller"
        },
        examples =
                """
                {
                  "fact": "019aa5d2-3d50-7e22-901f-6c8bad4f2e30",
                  "version": 2,
                  "learnt": "STATED",
                  "declined": false,
                  "value": "Five, and a dog",
                  "validUntil": "2028-11-20T09:14:05.250Z",
                  "recordedAt": "2026-11-21T09:15:00.125Z",
                  "teller": "STAFF",
                  "reason": "Misheard on the phone.",
                  "actor": "agent-1"
                }""")
public record FactVersion(
        UUID fact,
        int version,
        Learnt learnt,
        boolean declined,
        @Nullable String value,
        Instant validUntil,
        Instant recordedAt,
        @Schema(description = "Who handed it in.") Teller teller,
        @Schema(description = "Why the version before was corrected.") @Nullable String reason,
        @Schema(description = "By whom: the subject of a token; for staff only.")
                @Nullable String actor) {

    /** The same without who handed it in. */
    FactVersion withoutActor() {
        return new FactVersion(
                fact,
                version,
                learnt,
                declined,
                value,
                validUntil,
                recordedAt,
                teller,
                reason,
                null);
    }
}
