package io.rapport.customer.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.FileFormat;
import io.rapport.platform.http.IdempotencyKeys.OfNobody;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An import as the API tells it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {
            "id",
            "format",
            "mode",
            "dryRun",
            "state",
            "createdAt",
            "expiresAt",
            "bytes",
            "bytesRead",
            "rows",
            "comparison"
        },
        examples = CustomerImport.EXAMPLE)
public record CustomerImport(
        UUID id,
        FileFormat format,
        ImportMode mode,
        boolean dryRun,
        @Nullable Map<String, String> columns,
        ImportState state,
        @Schema(
                        description =
                                "Why it failed: empty-file, wrong-encoding, unreadable-header, duplicate-headers,"
                                        + " unknown-columns, internal-error.",
                        nullable = true)
                @Nullable String failure,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Schema(description = "When it is deleted with all that it holds.") Instant expiresAt,
        @Schema(description = "That were uploaded.") long bytes,
        @Schema(description = "How far it has come.") long bytesRead,
        Rows rows,
        Comparison comparison)
        implements OfNobody {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "format": "CSV", "mode": "UPSERT", "dryRun": false,
             "columns": {"customer no": "identity:shop", "mail": "email"}, "state": "RUNNING",
             "createdAt": "2026-11-22T09:14:05Z", "startedAt": "2026-11-22T09:15:00Z",
             "expiresAt": "2026-11-29T09:14:05Z", "bytes": 18230112, "bytesRead": 9115056,
             "rows": {"read": 50000, "created": 49000, "updated": 800, "unchanged": 150, "refused": 50},
             "comparison": {"customers": 48700, "compared": 0}}""";

    /** What became of the rows so far; the first of a CSV file, and blank ones, are read only. */
    @Schema(name = "ImportedRows")
    public record Rows(long read, long created, long updated, long unchanged, long refused) {}

    /**
     * Of customers whose birthday, name or address the import wrote, who may be the same as others
     * born on that day: found once all rows were read. Who is reached alike is found at once.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ImportComparison",
            requiredProperties = {"customers", "compared"})
    public record Comparison(
            @Schema(
                            description =
                                    "Whose birthday, name or address was written, and who have a name and a birthday.")
                    long customers,
            @Schema(
                            description =
                                    "Those of them that were compared with whoever is born on the same day. Once the"
                                            + " import has ended, the others were not: it was cancelled, it failed, or"
                                            + " they were erased meanwhile. Who is written again is compared then.")
                    long compared,
            @Schema(
                            description = "Since when it compares: by then all rows were read.",
                            nullable = true)
                    @Nullable Instant since) {}
}
