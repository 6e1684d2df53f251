package io.rapport.operations.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row that one generation has and the other has not, or not like this. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "A row that one generation has and the other has not, or has otherwise: then each is told.",
        requiredProperties = {"table", "customer", "generation"})
public record Difference(
        @Schema(description = "The table of the projection.") String table,
        @Schema(description = "The customer's id.") UUID customer,
        @Schema(description = "The generation that has the row.") int generation,
        @Schema(
                        type = SchemaType.OBJECT,
                        description =
                                "The row, without technical columns. Absent: the projection holds personal data.")
                @Nullable JsonNode row) {}
