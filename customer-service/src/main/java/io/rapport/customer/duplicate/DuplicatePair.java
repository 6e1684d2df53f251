package io.rapport.customer.duplicate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Two customers that may be one and the same. */
@Schema(
        requiredProperties = "customers",
        examples =
                """
                {"customers": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "019aa5c3-11d2-7a90-8c41-5b7e2f90ac02"],
                 "rule": "SAME_EMAIL", "score": 0.91, "matched": ["email", "name"], "foundAt": "2026-11-22T10:00:00Z"}\
                """)
public record DuplicatePair(
        @Schema(minItems = 2, maxItems = 2, description = "Their ids.") List<UUID> customers,
        @JsonUnwrapped Finding finding) {}
