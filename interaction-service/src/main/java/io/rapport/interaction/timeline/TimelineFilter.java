package io.rapport.interaction.timeline;

import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which of a customer's interactions a list shows: all, or those of a type, a channel, and of a
 * time.
 */
record TimelineFilter(
        @Nullable String type,
        @Nullable String channel,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** All interactions. */
    static final TimelineFilter NONE = new TimelineFilter(null, null, null, null);

    /**
     * Reads what a caller asks for; words that are not in the vocabulary are refused with those
     * that are.
     */
    static TimelineFilter parse(
            @Nullable String type,
            @Nullable String channel,
            @Nullable String from,
            @Nullable String to,
            Vocabulary vocabulary) {
        requireKnown("type", type, vocabulary.types().keySet());
        requireKnown("channel", channel, vocabulary.channels().keySet());
        return new TimelineFilter(type, channel, time("from", from), time("to", to));
    }

    /**
     * SQL to append to a WHERE clause over {@code interaction i}; its values come by {@link
     * #bindTo}.
     */
    String conditions() {
        return (type == null ? "" : " AND i.type = :type")
                + (channel == null ? "" : " AND i.channel = :channel")
                + (from == null ? "" : " AND i.occurred_at >= :from")
                + (to == null ? "" : " AND i.occurred_at < :to");
    }

    void bindTo(Query query) {
        if (type != null) {
            query.bind("type", type);
        }
        if (channel != null) {
            query.bind("channel", channel);
        }
        if (from != null) {
            query.bind("from", from);
        }
        if (to != null) {
            query.bind("to", to);
        }
    }

    private static void requireKnown(String parameter, @Nullable String word, Set<String> known) {
        if (word != null && !known.contains(word)) {
            throw refusal(parameter, "is unknown; it must be one of " + String.join(", ", known));
        }
    }

    private static @Nullable Instant time(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Told below, with what a time looks like.
        }
        throw refusal(
                parameter, "must be a time such as 2026-11-20T09:14:05Z, in the years 1 to 9999");
    }

    private static Refusal refusal(String parameter, String reason) {
        return Refusal.invalid(
                "invalid-filter",
                "The list cannot be filtered like this.",
                new FieldError(parameter, reason));
    }
}
