package io.rapport.interaction.intake;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.type.Definable;
import io.rapport.interaction.type.InteractionType;
import io.rapport.interaction.type.Word;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Money;
import io.rapport.platform.Refusal.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A submission that has passed every check but two: whether its customer exists, and whether it may
 * be recorded if it is not recorded yet, to which there may be objections.
 */
record NewInteraction(
        CustomerReference customer,
        String source,
        String sourceId,
        InteractionType type,
        Word channel,
        Direction direction,
        @Nullable Word touchpoint,
        @Nullable Money amount,
        Instant occurredAt,
        @Nullable String subject,
        @Nullable String text,
        List<FieldError> objectionsIfNew) {

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
                channel.code(),
                direction,
                touchpoint == null ? null : touchpoint.code(),
                amount,
                occurredAt,
                recordedAt,
                subject,
                text);
    }

    /** The words of the vocabulary that it is recorded with. */
    Stream<Definable> words() {
        return Stream.concat(Stream.of(type, channel), Stream.ofNullable(touchpoint));
    }

    /**
     * Equal for equal content, whoever the customer is. Members that came later must add nothing
     * when absent.
     */
    UUID contentHash() {
        return new Fingerprint()
                .add("type", type.code())
                .add("channel", channel.code())
                .add("direction", direction.name())
                .add("touchpoint", touchpoint == null ? null : touchpoint.code())
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
