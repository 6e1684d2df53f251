package io.rapport.interaction.type;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A channel or a touchpoint as the API answers it. */
@Schema(
        name = "Word",
        description = "A channel or a touchpoint that interactions can name.",
        requiredProperties = {"code", "used", "createdAt", "updatedAt"},
        examples =
                """
                {"code": "store-checkout", "label": "Checkout in a store", "active": true, "used": true,
                 "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record WordView(
        String code,
        @JsonUnwrapped WordTerms terms,
        @Schema(description = "Whether interactions name it, or it is built in: then it stays.")
                boolean used,
        Instant createdAt,
        Instant updatedAt) {

    static WordView of(Definition<WordTerms> definition) {
        return new WordView(
                definition.code(),
                definition.terms(),
                definition.used(),
                definition.createdAt(),
                definition.updatedAt());
    }
}
