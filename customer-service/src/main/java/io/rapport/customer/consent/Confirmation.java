package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A giving as it is confirmed, unchecked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "The second step of a double opt-in.",
        examples =
                """
                {"evidence": {"source": "web-shop", "occurredAt": "2026-11-20T09:20:41Z"}}""")
public record Confirmation(@NotNull @Valid Evidence evidence) implements Said {}
