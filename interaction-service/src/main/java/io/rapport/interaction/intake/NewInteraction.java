package io.rapport.interaction.intake;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.type.InteractionType;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A submission that has passed every check but one: whether its customer exists. */
record NewInteraction(
        CustomerReference customer,
        String source,
        String sourceId,
        InteractionType type,
        String channel,
        Direction direction,
        @Nullable String touchpoint,
        @Nullable Money amount,
        Instant occurredAt,
        @Nullable String subject,
        @Nullable String text) {

    SourceKey key() {
        return new SourceKey(source, sourceId);
    }

    /** The interaction that this becomes, if nobody was there before it. */
    Interaction of(UUID customerId, UUID id, Instant recordedAt) {
        return new Interaction(
                id,
                customerId,
                source,
                sourceId,
                type.code(),
                channel,
                direction,
                touchpoint,
                amount,
                occurredAt,
                recordedAt,
                subject,
                text);
    }

    /**
     * Equal for equal content, whoever the customer is. Members that came later must add nothing
     * when absent.
     */
    UUID contentHash() {
        return new Fingerprint()
                .add("type", type.code())
                .add("channel", channel)
                .add("direction", direction.name())
                .add("touchpoint", touchpoint)
                .add("amount", amount == null ? null : amount.amount().toPlainString())
                .add("currency", amount == null ? null : amount.currency())
                .add("occurredAt", occurredAt.toString())
                .add("subject", subject)
                .add("text", text)
                .toUuid();
    }

    /** Equal when the caller named the customer the same way. */
    UUID namedHash() {
        return new Fingerprint().add("customer", customer.toString()).toUuid();
    }
}
