package io.rapport.customer.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.profile.CustomerView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All that is known of a customer at a glance, and how far behind each service's part may be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "What the suite knows of a customer, as far as its services have told.",
        requiredProperties = {
            "customer",
            "profile",
            "interactions",
            "loyalty",
            "feedback",
            "sources"
        },
        examples = CustomerContext.EXAMPLE)
public record CustomerContext(
        UUID customer,
        CustomerView profile,
        Interactions interactions,
        Loyalty loyalty,
        Feedback feedback,
        List<Source> sources) {

    static final String EXAMPLE =
            """
            {"customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
             "profile": {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "status": "ACTIVE", "kind": "PERSON",
               "country": "GB", "identities": [{"source": "online-retail", "externalId": "17850"}],
               "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-20T09:14:05.250Z"},
             "interactions": {"count": 3, "firstAt": "2026-11-20T09:14:05.250Z", "lastAt": "2026-11-21T10:00:00Z",
               "purchases": [{"currency": "GBP", "count": 2, "sum": "161.42"}],
               "cancellations": [{"currency": "GBP", "count": 1, "sum": "-15.30"}]},
             "loyalty": {"balance": 146, "tier": "BASE"},
             "feedback": {"count": 1, "metrics": [{"metric": "NPS", "count": 1, "mean": 9.00}]},
             "sources": [{"service": "customer-service", "sequence": 1, "lag": "PT0S"},
               {"service": "interaction-service", "sequence": 3, "lag": "PT0.02S"},
               {"service": "loyalty-service", "sequence": 4, "lag": "PT0.03S"},
               {"service": "feedback-service", "sequence": 1, "lag": "PT0.02S"}]}""";

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ContextInteractions",
            requiredProperties = {"count", "purchases", "cancellations"})
    public record Interactions(
            long count,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            List<Amount> purchases,
            List<Amount> cancellations) {}

    @Schema(
            name = "ContextAmount",
            requiredProperties = {"currency", "count", "sum"},
            description = "How many, and their sum; never over two currencies.")
    public record Amount(
            String currency, long count, @Schema(description = "In the currency.") String sum) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ContextLoyalty",
            requiredProperties = "balance",
            description =
                    "Points in the default programme; no tier before any points, nor of several accounts together.")
    public record Loyalty(long balance, @Nullable String tier) {}

    @Schema(
            name = "ContextFeedback",
            requiredProperties = {"count", "metrics"})
    public record Feedback(long count, List<Metric> metrics) {}

    @Schema(
            name = "ContextMetric",
            requiredProperties = {"metric", "count", "mean"})
    public record Metric(
            String metric,
            long count,
            @Schema(description = "Of all ratings, two decimals.") BigDecimal mean) {}

    /**
     * {@code lag}: how long ago everything that stood in the service's log was applied; absent
     * before the first look.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ContextSource",
            requiredProperties = {"service", "sequence"},
            description = "How much of one service's log of this customer is in the context.")
    public record Source(
            String service,
            @Schema(
                            description =
                                    "The last event of this customer that is applied; 0: none. Of a customer with"
                                            + " members, those of all added up.")
                    long sequence,
            @Schema(
                            implementation = String.class,
                            type = SchemaType.STRING,
                            format = "duration",
                            description =
                                    "At most so long ago everything in the service's log was applied.")
                    @Nullable Duration lag) {}
}
