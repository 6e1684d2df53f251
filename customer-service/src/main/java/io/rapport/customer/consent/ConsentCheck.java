package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a check. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "Whether something is allowed, why, and which record says so.",
        requiredProperties = {"customer", "purpose", "channel", "at", "permitted", "reason"},
        examples =
                "{\"customer\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12\", \"purpose\": \"product-news\","
                        + " \"channel\": \"EMAIL\", \"at\": \"2026-11-21T10:00:00Z\", \"permitted\": true,"
                        + " \"reason\": \"GIVEN\", \"validUntil\": \"2028-11-20T09:14:05Z\", \"record\": "
                        + ConsentRecordView.EXAMPLE
                        + "}")
public record ConsentCheck(
        UUID customer,
        String purpose,
        Channel channel,
        @Schema(description = "The time that the answer is of.") Instant at,
        boolean permitted,
        @Schema(description = "Only GIVEN permits; NONE is the default.") ConsentState reason,
        @Schema(description = "How long a yes holds at most; absent when it has no end.")
                @Nullable Instant validUntil,
        @Nullable ConsentRecordView record) {}
