package io.rapport.customer.duplicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer that may be the same as another, or that somebody said is not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = "customer",
        examples =
                """
                {"customer": "019aa5c3-11d2-7a90-8c41-5b7e2f90ac02", "rule": "SAME_EMAIL", "score": 0.91,
                 "matched": ["email", "name"], "foundAt": "2026-11-22T10:00:00Z"}\
                """)
public record Duplicate(
        UUID customer,
        @Schema(description = "Why they may be the same; absent when nothing says so any more.")
                @JsonUnwrapped
                @Nullable Finding finding,
        @Schema(description = "Since when they are said not to be the same.", nullable = true)
                @Nullable Instant notTheSameSince) {

    int hundredths() {
        return finding == null ? 0 : finding.hundredths();
    }
}
