package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a customer prefers or expects, as it was learnt in one of three ways. What was learnt in
 * each way is kept beside the others, and never takes their place; what was stated holds before
 * what was observed, and that before what was inferred.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {"key", "learnt", "kind", "value", "source", "at", "confidence"},
        examples = Preference.EXAMPLE)
public record Preference(
        @Schema(description = "What it is about: a slug.") String key,
        Learnt learnt,
        PreferenceKind kind,
        @Schema(
                        implementation = Object.class,
                        description = "Text, a number, true or false, or what the key asks for.")
                Object value,
        @Schema(description = "The system that learnt it.") String source,
        @Schema(description = "When it was learnt.") Instant at,
        @Schema(description = "How sure the source is, from 0 to 1.") BigDecimal confidence,
        @Schema(
                        description =
                                "Whose it is, when it is that of a customer who was merged into this one.",
                        nullable = true)
                @Nullable UUID member) {

    static final String EXAMPLE =
            """
            {"key": "quiet-hours", "learnt": "STATED", "kind": "PREFERENCE",
             "value": {"from": "22:00", "to": "07:30"}, "source": "call-centre", "at": "2026-11-20T09:14:05Z",
             "confidence": 1}""";

    /** As many as anybody looks through; they travel in the snapshot, which is bounded. */
    public static final int MOST = 50;

    /** By key; of one key first what holds, and of several members' the newest. */
    static final Comparator<Preference> ORDER =
            Comparator.comparing(Preference::key)
                    .thenComparing(Preference::learnt, Comparator.reverseOrder())
                    .thenComparing(Preference::at, Comparator.reverseOrder())
                    .thenComparing(Preference::member, Comparator.nullsFirst(Ids.BY_VALUE));

    public Preference {
        value = PlainJson.inOneForm(value);
        confidence = (BigDecimal) PlainJson.inOneForm(confidence);
    }

    /** One of the customer's own. */
    public Preference(
            String key,
            Learnt learnt,
            PreferenceKind kind,
            Object value,
            String source,
            Instant at,
            BigDecimal confidence) {
        this(key, learnt, kind, value, source, at, confidence, null);
    }

    /** The same as that of one who was merged into another. */
    Preference of(UUID member) {
        return new Preference(key, learnt, kind, value, source, at, confidence, member);
    }

    /** What is kept for each way in which something about a key was learnt. */
    private boolean isBeside(Preference other) {
        return !key.equals(other.key) || learnt != other.learnt;
    }

    /**
     * With this one, in place of what was learnt in the same way before, of members also; refused
     * when some of that is newer.
     */
    public static List<Preference> with(List<Preference> all, Preference told) {
        List<Preference> others = all.stream().filter(told::isBeside).toList();
        if (others.size() < all.size()) {
            if (all.stream().anyMatch(one -> !told.isBeside(one) && one.at.isAfter(told.at))) {
                throw Refusal.conflict(
                        "newer-preference-known",
                        "What was learnt in this way since is known already, and stays.");
            }
        } else if (all.size() >= MOST) {
            throw Refusal.conflict(
                    "too-many-preferences",
                    "A customer has at most " + MOST + " preferences. Take one away first.");
        }
        return Stream.concat(others.stream(), Stream.of(told)).sorted(ORDER).toList();
    }

    /** What holds for each key, and what does not, by the rank of how it was learnt. */
    public static Map<String, List<Preference>> byKey(List<Preference> all) {
        return all.stream()
                .sorted(ORDER)
                .collect(Collectors.groupingBy(Preference::key, TreeMap::new, Collectors.toList()));
    }
}
