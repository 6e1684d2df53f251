package io.rapport.interaction.intake;

import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Direction;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.Reference;
import io.rapport.interaction.thread.ThreadChoice;
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
public record NewInteraction(
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
        @Nullable ThreadChoice thread,
        Circumstances circumstances,
        List<FieldError> objectionsIfNew) {

    SourceKey key() {
        return new SourceKey(source, sourceId);
    }

    /** The interaction that this becomes, if nobody was there before it. */
    Interaction of(UUID customerId, UUID id, Instant recordedAt) {
        return of(customerId, id, 1, recordedAt);
    }

    /** The interaction that is recorded, with what this says of it. */
    public Interaction of(UUID customerId, UUID id, int version, Instant recordedAt) {
        return new Interaction(
                id,
                version,
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
                text,
                null,
                circumstances);
    }

    /** The words of the vocabulary that it is recorded with. */
    public Stream<Definable> words() {
        return Stream.concat(Stream.of(type, channel), Stream.ofNullable(touchpoint));
    }

    /**
     * Equal for equal content, whoever the customer is. Members that came later must add nothing
     * when absent.
     */
    UUID contentHash() {
        Reference reference = circumstances.reference();
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
                .add("thread", thread)
                .add("employee", circumstances.employee())
                .add("team", circumstances.team())
                .add("referenceKind", reference == null ? null : reference.kind())
                .add("reference", reference == null ? null : reference.value())
                .add("device", circumstances.device())
                .add("place", circumstances.place())
                .add("attributes", circumstances.attributes())
                .add("emotions", circumstances.emotions())
                .add("outcome", circumstances.outcome())
                .add("duration", circumstances.duration())
                .add("wait", circumstances.waited())
                .toUuid();
    }

    /** Equal when the caller named the customer the same way. */
    UUID namedHash() {
        return new Fingerprint().add("customer", customer.toString()).toUuid();
    }
}
