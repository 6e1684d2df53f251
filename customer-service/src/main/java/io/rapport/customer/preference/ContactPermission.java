package io.rapport.customer.preference;

import io.rapport.customer.Channel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether what a customer prefers lets us turn to it, and what speaks against it. */
@Schema(
        requiredProperties = {"customer", "channel", "at", "timeZone", "permitted", "findings"},
        examples =
                """
                {"customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12", "channel": "PHONE",
                 "at": "2026-11-20T22:30:00Z", "timeZone": "Europe/London", "permitted": false,
                 "findings": [{"code": "QUIET_HOURS", "binding": true,
                               "why": "By the customer's clock these are quiet hours.",
                               "until": "2026-11-21T07:30:00Z"}]}""")
public record ContactPermission(
        UUID customer,
        Channel channel,
        @Schema(description = "The time that the answer is of.") Instant at,
        @Schema(
                        implementation = String.class,
                        description = "By whose clock; UTC when the profile does not say.")
                ZoneId timeZone,
        @Schema(description = "Whether none of the findings is binding.") boolean permitted,
        List<ContactFinding> findings) {

    static ContactPermission of(
            UUID customer,
            Channel channel,
            Instant at,
            ZoneId zone,
            List<ContactFinding> findings,
            UnaryOperator<ContactFinding> visible) {
        return new ContactPermission(
                customer,
                channel,
                at,
                zone,
                findings.stream().noneMatch(ContactFinding::binding),
                findings.stream().map(visible).toList());
    }
}
