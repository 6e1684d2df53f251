package io.rapport.interaction.timeline;

import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which of a customer's interactions a list shows: all, or those of a type, a channel, a time and a
 * thread.
 */
record TimelineFilter(
        @Nullable String type,
        @Nullable String channel,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID thread) {

    /** All interactions. */
    static final TimelineFilter NONE = new TimelineFilter(null, null, null, null, null);

    // As many rows as the thread has: a thread is bounded, and the history of a customer is not.
    private static final String OF_THREAD =
            " AND "
                    + """
            i.id = ANY(ARRAY(
                WITH RECURSIVE matter AS (
                    SELECT CAST(:thread AS uuid) AS id
                    UNION
                    SELECT u.id FROM matter JOIN thread u ON u.merged_into = matter.id AND u.customer_id = ANY(:customers))
                SELECT m.interaction_id FROM matter JOIN thread_interaction m ON m.thread_id = matter.id
                WHERE m.customer_id = member.id))""";

    /**
     * Reads what a caller asks for; words that are not in the vocabulary are refused with those
     * that are.
     */
    static TimelineFilter parse(
            @Nullable String type,
            @Nullable String channel,
            @Nullable String from,
            @Nullable String to,
            @Nullable String thread,
            Vocabulary vocabulary) {
        requireKnown("type", type, vocabulary.types().keySet());
        requireKnown("channel", channel, vocabulary.channels().keySet());
        return new TimelineFilter(
                type, channel, time("from", from), time("to", to), id("thread", thread));
    }

    /** The same of another thread: the one as which the thread answers. */
    TimelineFilter of(UUID root) {
        return new TimelineFilter(type, channel, from, to, root);
    }

    /**
     * SQL to append to a WHERE clause over {@code interaction i}; its values come by {@link
     * #bindTo}.
     */
    String conditions() {
        return (type == null ? "" : " AND i.type = :type")
                + (channel == null ? "" : " AND i.channel = :channel")
                + (from == null ? "" : " AND i.occurred_at >= :from")
                + (to == null ? "" : " AND i.occurred_at < :to")
                + (thread == null ? "" : OF_THREAD);
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
        if (thread != null) {
            query.bind("thread", thread);
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

    private static @Nullable UUID id(String parameter, @Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw refusal(parameter, "must be an id");
        }
    }

    private static Refusal refusal(String parameter, String reason) {
        return Refusal.invalid(
                "invalid-filter",
                "The list cannot be filtered like this.",
                new FieldError(parameter, reason));
    }
}
