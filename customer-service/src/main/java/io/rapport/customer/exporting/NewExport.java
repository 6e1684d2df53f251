package io.rapport.customer.exporting;

import io.rapport.customer.FileFormat;
import io.rapport.customer.Identity;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which customers are to be written, and how. */
@Schema(
        name = "NewCustomerExport",
        requiredProperties = "format",
        examples = "{\"format\": \"NDJSON\", \"source\": \"online-retail\"}")
public record NewExport(
        @NotNull FileFormat format,
        @Schema(
                        description = "Only customers that have an identity of this source.",
                        nullable = true)
                @Nullable String source) {

    /** Refuses what is no source. */
    NewExport checked() {
        return source == null ? this : new NewExport(format, Identity.presentedSource(source));
    }
}
