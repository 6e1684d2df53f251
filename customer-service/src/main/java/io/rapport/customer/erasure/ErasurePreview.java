package io.rapport.customer.erasure;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an erasure would take away in customer-service. */
@Schema(
        requiredProperties = {"customers", "counts"},
        examples =
                """
                {"customers": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12"],
                 "counts": {"changes": 17, "contactPoints": 3, "customers": 1, "identities": 2}}""")
public record ErasurePreview(
        @Schema(description = "The customer, and all who were merged into it.")
                List<UUID> customers,
        @Schema(description = "How many rows of each kind would go.") Map<String, Long> counts) {}
