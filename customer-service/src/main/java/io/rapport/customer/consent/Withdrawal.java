package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A consent as it is withdrawn, unchecked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A consent as it is withdrawn.",
        examples =
                """
                {"purpose": "product-news", "channel": "EMAIL",
                 "evidence": {"source": "mailer", "occurredAt": "2026-11-21T18:02:11Z"}}""")
public record Withdrawal(
        @Schema(description = "The key of a purpose.") @NotNull String purpose,
        @NotNull Channel channel,
        @NotNull @Valid Evidence evidence)
        implements Said {}
