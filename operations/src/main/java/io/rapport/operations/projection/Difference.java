package io.rapport.operations.projection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row that one generation has and the other has not, or not like this. */
@Schema(
        description =
                "A row that one generation has and the other has not, or has otherwise: then each is told.")
public record Difference(
        @Schema(
                        required = true,
                        description = "The table of the projection.",
                        examples = "context_loyalty_by_generation")
                String table,
        @Schema(required = true, description = "The customer's id.") UUID customer,
        @Schema(required = true, description = "The generation that has the row.", examples = "2")
                int generation,
        @Schema(
                        type = SchemaType.OBJECT,
                        description =
                                "The row, without technical columns. Null: the projection holds personal data.")
                @Nullable JsonNode row) {}
