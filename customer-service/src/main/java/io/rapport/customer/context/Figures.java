package io.rapport.customer.context;

import io.rapport.customer.context.CustomerContext.Feedback;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a context, over all who were merged into the customer; {@code contactedAt}: when
 * we last turned to it; {@code incomingRelations}: the types of relations that others have to it.
 */
public record Figures(
        Interactions interactions,
        Loyalty loyalty,
        Feedback feedback,
        @Nullable Instant contactedAt,
        List<String> incomingRelations) {

    /** Of whom nothing was told. */
    public static final Figures NONE = of(ContextParts.NONE, null, List.of());

    static Figures of(
            ContextParts parts, @Nullable Instant contactedAt, List<String> incomingRelations) {
        return new Figures(
                parts.interactions(),
                parts.loyalty(),
                parts.feedback(),
                contactedAt,
                incomingRelations);
    }
}
