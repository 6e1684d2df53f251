package io.rapport.customer.attribute;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The value that customers are looked up by, unchecked. */
@Schema(
        description = "What the attribute's value is, or one element of a list.",
        examples =
                """
                {"value": "sailing"}""")
public record SoughtValue(
        @Schema(
                        implementation = Object.class,
                        description = "Of the attribute's type; of a SEVERAL_OF, one element.")
                @NotNull
                Object value) {}
