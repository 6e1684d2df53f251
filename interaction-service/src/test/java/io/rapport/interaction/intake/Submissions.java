package io.rapport.interaction.intake;

import io.rapport.interaction.type.AmountRule;
import io.rapport.interaction.type.AttributeSchema;
import io.rapport.interaction.type.InteractionType;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.interaction.type.VocabularyList;
import io.rapport.interaction.type.Word;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A good purchase, for tests that change one thing in it. */
record Submissions(
        @Nullable String customer,
        @Nullable String source,
        @Nullable String sourceId,
        @Nullable String type,
        @Nullable String channel,
        @Nullable String direction,
        @Nullable String touchpoint,
        @Nullable String amount,
        @Nullable Instant occurredAt,
        @Nullable String subject,
        @Nullable String text) {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final String REPAIR =
            """
            {"type": "object", "additionalProperties": false, "required": ["part"],
             "properties": {"part": {"enum": ["lamp", "clock"]}, "count": {"type": "integer", "maximum": 9},
                            "notes": {"type": "array", "items": {"type": "string", "maxLength": 5}}}}""";

    static final Vocabulary VOCABULARY =
            new Vocabulary(
                    types(
                            new InteractionType(
                                    "PURCHASE", AmountRule.NOT_NEGATIVE, null, true, true),
                            new InteractionType(
                                    "CANCELLATION", AmountRule.NOT_POSITIVE, null, true, true),
                            new InteractionType("CALL", AmountRule.NONE, null, true, true),
                            new InteractionType(
                                    "REPAIR",
                                    AmountRule.NONE,
                                    AttributeSchema.of(REPAIR),
                                    true,
                                    true),
                            new InteractionType("TELEGRAM", AmountRule.NONE, null, false, true)),
                    words(VocabularyList.CHANNELS, "WEB", "PHONE"),
                    words(VocabularyList.TOUCHPOINTS, "a", "cart", "checkout", "store-checkout-2"));

    private static SortedMap<String, InteractionType> types(InteractionType... types) {
        SortedMap<String, InteractionType> known = new TreeMap<>();
        Stream.of(types).forEach(type -> known.put(type.code(), type));
        return known;
    }

    private static SortedMap<String, Word> words(VocabularyList list, String... codes) {
        SortedMap<String, Word> known = new TreeMap<>();
        Stream.of(codes).forEach(code -> known.put(code, new Word(list, code, true, true)));
        return known;
    }

    static Submissions purchase() {
        return new Submissions(
                "shop:17850",
                "shop",
                "536365",
                "PURCHASE",
                "WEB",
                "INBOUND",
                "checkout",
                "12.50",
                Instant.parse("2026-11-20T09:14:05.250Z"),
                "Your order",
                "Two lanterns.");
    }

    NewInteraction checked() {
        return told().checked(VOCABULARY, NOW);
    }

    Submission told() {
        return new Submission(
                customer == null ? null : CustomerReference.parse(customer),
                source,
                sourceId,
                type,
                channel,
                direction,
                touchpoint,
                amount == null ? null : new Money(new BigDecimal(amount), "GBP"),
                occurredAt,
                subject,
                text,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with one member changed; null takes it away. */
    Submissions with(String member, @Nullable String value) {
        return new Submissions(
                member.equals("customer") ? value : customer,
                member.equals("source") ? value : source,
                member.equals("sourceId") ? value : sourceId,
                member.equals("type") ? value : type,
                member.equals("channel") ? value : channel,
                member.equals("direction") ? value : direction,
                member.equals("touchpoint") ? value : touchpoint,
                member.equals("amount") ? value : amount,
                member.equals("occurredAt") ? time(value) : occurredAt,
                member.equals("subject") ? value : subject,
                member.equals("text") ? value : text);
    }

    private static @Nullable Instant time(@Nullable String value) {
        return value == null ? null : Instant.parse(value);
    }
}
