package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.context.CustomerContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An identity that was moved, or would be, and what stays with the customer it came from. */
@Schema(
        description = "An identity that names another customer from now on.",
        requiredProperties = {"identity", "from", "to", "stays"},
        examples = MovedIdentity.EXAMPLE)
public record MovedIdentity(Identity identity, UUID from, UUID to, Stays stays) {

    static final String EXAMPLE =
            """
            {"identity": {"source": "online-retail", "externalId": "17850"},
             "from": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "to": "019aa5c3-11d2-7a90-8c41-5b7e2f90ac02",
             "stays": {
               "interactions": {"count": 3, "firstAt": "2026-11-20T09:14:05.250Z", "lastAt": "2026-11-21T10:00:00Z",
                 "purchases": [{"currency": "GBP", "count": 2, "sum": "161.42"}], "cancellations": []},
               "loyalty": {"balance": 146, "tier": "BASE"},
               "feedback": {"count": 1, "metrics": [{"metric": "NPS", "count": 1, "mean": 9.00}]},
               "sources": [{"service": "customer-service", "sequence": 1, "lag": "PT0S"},
                 {"service": "interaction-service", "sequence": 3, "lag": "PT0.02S"},
                 {"service": "loyalty-service", "sequence": 2, "lag": "PT0.03S"},
                 {"service": "feedback-service", "sequence": 1, "lag": "PT0.02S"}]}}""";

    /**
     * All facts of the customer that the identity leaves, under whichever name they arrived, as far
     * as this service has been told of them.
     */
    @Schema(
            name = "FactsThatStay",
            description =
                    "All facts of the customer that the identity leaves, whichever name they came under, as far as the"
                            + " other services have told of them: `sources` says how far.",
            requiredProperties = {"interactions", "loyalty", "feedback", "sources"})
    public record Stays(
            CustomerContext.Interactions interactions,
            CustomerContext.Loyalty loyalty,
            CustomerContext.Feedback feedback,
            List<CustomerContext.Source> sources) {}

    static MovedIdentity of(Identity identity, UUID to, CustomerContext from) {
        return new MovedIdentity(
                identity,
                from.customer(),
                to,
                new Stays(from.interactions(), from.loyalty(), from.feedback(), from.sources()));
    }
}
