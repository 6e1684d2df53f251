package io.rapport.interaction.type;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key under which facts are told, as the API answers it. */
@Schema(
        name = "FactKey",
        description = "A key under which facts are told.",
        requiredProperties = {"code", "used", "createdAt", "updatedAt"},
        examples =
                """
                {"code": "household-size", "label": "How many live in the household", "topic": "household",
                 "kind": "CIRCUMSTANCE", "validity": "P2Y", "active": true, "used": true,
                 "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record FactKeyView(
        String code,
        @JsonUnwrapped FactKeyTerms terms,
        @Schema(description = "Whether facts were told under it, or it is built in: then it stays.")
                boolean used,
        Instant createdAt,
        Instant updatedAt) {

    static FactKeyView of(Definition<FactKeyTerms> definition) {
        return new FactKeyView(
                definition.code(),
                definition.terms(),
                definition.used(),
                definition.createdAt(),
                definition.updatedAt());
    }
}
