package io.rapport.interaction.type;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A type as the API answers it. */
@Schema(
        name = "InteractionType",
        description = "A type that interactions can have.",
        requiredProperties = {"code", "used", "createdAt", "updatedAt"},
        examples =
                """
                {"code": "CALL", "label": "Call", "icon": "phone", "amountRule": "NONE", "active": true, "used": true,
                 "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record TypeView(
        String code,
        @JsonUnwrapped TypeTerms terms,
        @Schema(description = "Whether interactions name it, or it is built in: then it stays.")
                boolean used,
        Instant createdAt,
        Instant updatedAt) {

    static TypeView of(Definition<TypeTerms> definition) {
        return new TypeView(
                definition.code(),
                definition.terms(),
                definition.used(),
                definition.createdAt(),
                definition.updatedAt());
    }
}
