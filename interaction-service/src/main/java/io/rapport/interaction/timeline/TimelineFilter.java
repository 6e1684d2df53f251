package io.rapport.interaction.timeline;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Reference;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which of a customer's interactions a list shows: all, or those that have these words of lists, of
 * a time, of a thread, with this employee or reference, or in which this was said.
 */
record TimelineFilter(
        @Nullable String type,
        @Nullable String channel,
        @Nullable String direction,
        @Nullable String touchpoint,
        @Nullable String employee,
        @Nullable String referenceKind,
        @Nullable String reference,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID thread,
        @Nullable String words) {

    /** All interactions. */
    static final TimelineFilter NONE =
            new TimelineFilter(null, null, null, null, null, null, null, null, null, null, null);

    // As many rows as the thread has: a thread is bounded, and the history of a customer is not.
    private static final String HELD =
            """
            WITH RECURSIVE matter AS (
                SELECT CAST(:thread AS uuid) AS id
                UNION
                SELECT u.id FROM matter JOIN thread u ON u.merged_into = matter.id AND u.customer_id = ANY(:customers)),
            held AS MATERIALIZED (
                SELECT m.customer_id, m.interaction_id FROM matter CROSS JOIN LATERAL (
                    SELECT x.customer_id, x.interaction_id FROM thread_interaction x
                    WHERE x.thread_id = matter.id OFFSET 0) AS m
                WHERE m.customer_id = ANY(:customers))
            """;

    private static final int MAX_WORDS = 200;
    private static final Predicate<String> EMPLOYEE =
            Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*").asMatchPredicate();
    private static final Predicate<String> REFERENCE =
            Pattern.compile("(?! )\\P{C}{1,200}(?<! )").asMatchPredicate();
    private static final Predicate<String> WORDS =
            Pattern.compile("(?=.*\\S)\\P{Cc}{1," + MAX_WORDS + "}").asMatchPredicate();

    /** Reads what a caller asks for; words that are on no list are refused with those that are. */
    static TimelineFilter parse(TimelineQuery asked, Vocabulary vocabulary) {
        requireKnown("type", asked.type, vocabulary.types().keySet());
        requireKnown("channel", asked.channel, vocabulary.channels().keySet());
        requireKnown("direction", asked.direction, names(Direction.values()));
        requireKnown("touchpoint", asked.touchpoint, vocabulary.touchpoints().keySet());
        requireKnown("referenceKind", asked.referenceKind, names(Reference.Kind.values()));
        require("employee", asked.employee, EMPLOYEE, "must be an id as interactions have it");
        require("reference", asked.reference, REFERENCE, "must be as interactions have it");
        require("q", asked.words, WORDS, "must have 1 to 200 characters, not only blanks");
        return new TimelineFilter(
                asked.type,
                asked.channel,
                asked.direction,
                asked.touchpoint,
                asked.employee,
                asked.referenceKind,
                asked.reference,
                time("from", asked.from),
                time("to", asked.to),
                id("thread", asked.thread),
                asked.words);
    }

    /** The same of another thread: the one as which the thread answers. */
    TimelineFilter of(UUID root) {
        return new TimelineFilter(
                type,
                channel,
                direction,
                touchpoint,
                employee,
                referenceKind,
                reference,
                from,
                to,
                root,
                words);
    }

    /**
     * SQL to append to a WHERE clause over {@code interaction i} and {@code interaction_text t};
     * its values come by {@link #bindTo}. What was said is looked for by {@link TextSearch}.
     */
    String conditions() {
        StringBuilder conditions = new StringBuilder();
        for (Condition condition : given()) {
            conditions.append(" AND ").append(condition.sql);
        }
        return conditions.toString();
    }

    /** What comes before the statement. */
    String with() {
        return thread == null ? "" : HELD;
    }

    /** What is looked through, as {@code place}: customers, or what a thread holds. */
    String places() {
        return thread == null ? "unnest(:customers) AS place (customer_id)" : "held AS place";
    }

    void bindTo(Query query) {
        for (Condition condition : given()) {
            query.bind(condition.name, condition.value);
        }
    }

    private record Condition(String name, @Nullable Object value, String sql) {}

    private List<Condition> given() {
        return List.of(
                        new Condition("type", type, "i.type = :type"),
                        new Condition("channel", channel, "i.channel = :channel"),
                        new Condition("direction", direction, "i.direction = :direction"),
                        new Condition("touchpoint", touchpoint, "i.touchpoint = :touchpoint"),
                        new Condition("employee", employee, "i.employee = :employee"),
                        new Condition(
                                "referenceKind",
                                referenceKind,
                                "t.reference_kind = :referenceKind"),
                        new Condition("reference", reference, "t.reference = :reference"),
                        new Condition("from", from, "i.occurred_at >= :from"),
                        new Condition("to", to, "i.occurred_at < :to"),
                        new Condition("thread", thread, "i.id = place.interaction_id"))
                .stream()
                .filter(condition -> condition.value != null)
                .toList();
    }

    private static Set<String> names(Enum<?>[] words) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(words).forEach(word -> names.add(word.name()));
        return names;
    }

    private static void requireKnown(String parameter, @Nullable String word, Set<String> known) {
        if (word != null && !known.contains(word)) {
            throw refusal(parameter, "is unknown; it must be one of " + String.join(", ", known));
        }
    }

    private static void require(
            String parameter, @Nullable String text, Predicate<String> form, String rule) {
        if (text != null && !form.test(text)) {
            throw refusal(parameter, rule);
        }
    }

    private static @Nullable UUID id(String parameter, @Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw refusal(parameter, "must be an id");
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
