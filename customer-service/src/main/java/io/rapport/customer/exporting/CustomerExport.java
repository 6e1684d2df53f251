package io.rapport.customer.exporting;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.FileFormat;
import io.rapport.platform.http.IdempotencyKeys.OfNobody;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An export as the API tells it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {
            "id",
            "format",
            "state",
            "createdAt",
            "expiresAt",
            "customers",
            "bytes"
        },
        examples = CustomerExport.EXAMPLE)
public record CustomerExport(
        UUID id,
        FileFormat format,
        @Nullable String source,
        ExportState state,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Schema(description = "When it is deleted with all that it holds.") Instant expiresAt,
        @Schema(description = "That were written so far.") long customers,
        long bytes)
        implements OfNobody {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "format": "NDJSON", "source": "online-retail",
             "state": "COMPLETED", "createdAt": "2026-11-22T09:14:05Z", "endedAt": "2026-11-22T09:14:12Z",
             "expiresAt": "2026-11-23T09:14:05Z", "customers": 4372, "bytes": 2103411}""";
}
