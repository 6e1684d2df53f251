package io.rapport.customer.context;

import io.rapport.customer.context.CustomerContext.Feedback;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a context, over all who were merged into the customer; {@code contactedAt}: when
 * we last turned to it.
 */
public record Figures(
        Interactions interactions,
        Loyalty loyalty,
        Feedback feedback,
        @Nullable Instant contactedAt) {

    /** Of whom nothing was told. */
    public static final Figures NONE = of(ContextParts.NONE, null);

    static Figures of(ContextParts parts, @Nullable Instant contactedAt) {
        return new Figures(parts.interactions(), parts.loyalty(), parts.feedback(), contactedAt);
    }
}
