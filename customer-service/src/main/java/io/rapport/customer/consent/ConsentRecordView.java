package io.rapport.customer.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Channel;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A record as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ConsentRecord",
        description = "One thing that was said of a consent; never changed.",
        requiredProperties = {"id", "kind", "purpose", "channel", "occurredAt", "recordedAt"},
        examples = ConsentRecordView.EXAMPLE)
public record ConsentRecordView(
        UUID id,
        ConsentRecord.Kind kind,
        String purpose,
        Channel channel,
        @Schema(description = "When it was said.") Instant occurredAt,
        @Schema(description = "Since when it is known here.") Instant recordedAt,
        @Schema(description = "When the consent ends; absent when it has no end.")
                @Nullable Instant validUntil,
        @Schema(description = "Of a giving: whether it counts only after a confirmation.")
                @Nullable Boolean needsConfirmation,
        @Schema(description = "Of a confirmation: the giving.") @Nullable UUID confirms,
        @Schema(description = "Who keeps the proof; absent when that is not the caller's to see.")
                @Nullable String source,
        @Nullable String textVersion,
        @Schema(description = "In a history: the subject of the token that recorded it.")
                @Nullable String recordedBy,
        @Schema(description = "In a history: what the request belonged to.")
                @Nullable String correlationId) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "kind": "GIVEN", "purpose": "product-news",
             "channel": "EMAIL", "occurredAt": "2026-11-20T09:14:05Z",
             "recordedAt": "2026-11-20T09:14:05.250Z", "validUntil": "2028-11-20T09:14:05Z",
             "needsConfirmation": true, "source": "web-shop", "textVersion": "newsletter-2026-05"}""";

    /** Without its evidence when the caller may not see whose it is. */
    static ConsentRecordView of(ConsentRecord record, Predicate<String> visible) {
        return of(record, visible.test(record.source()), null, null);
    }

    static ConsentRecordView of(ConsentHistory.Item item) {
        return of(item.record(), true, item.actor(), item.correlationId());
    }

    /** The same to whom it is nobody's business who recorded it. */
    public ConsentRecordView withoutActor() {
        return new ConsentRecordView(
                id,
                kind,
                purpose,
                channel,
                occurredAt,
                recordedAt,
                validUntil,
                needsConfirmation,
                confirms,
                source,
                textVersion,
                null,
                null);
    }

    private static ConsentRecordView of(
            ConsentRecord record,
            boolean visible,
            @Nullable String actor,
            @Nullable String correlationId) {
        return new ConsentRecordView(
                record.id(),
                record.kind(),
                record.purpose(),
                record.channel(),
                record.occurredAt(),
                record.recordedAt(),
                record.validUntil(),
                record.is(ConsentRecord.Kind.GIVEN) ? record.needsConfirmation() : null,
                record.confirms(),
                visible ? record.source() : null,
                visible ? record.textVersion() : null,
                actor,
                correlationId);
    }
}
