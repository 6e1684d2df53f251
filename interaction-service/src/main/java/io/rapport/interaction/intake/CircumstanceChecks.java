package io.rapport.interaction.intake;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Emotion;
import io.rapport.interaction.Reference;
import io.rapport.interaction.Result;
import io.rapport.interaction.type.AttributeSchema;
import io.rapport.interaction.type.CanonicalJson;
import io.rapport.interaction.type.InteractionType;
import io.rapport.platform.Refusal.FieldError;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what else a source tells of an interaction. Empty values are absent ones. */
final class CircumstanceChecks {

    static final String SLUG_FORM = "^[a-z0-9]+(-[a-z0-9]+)*$";

    static final Duration LONGEST = Duration.ofDays(30);
    static final Duration LONGEST_WAIT = Duration.ofDays(366);

    private static final int MOST = 100;
    private static final String SLUG_RULE =
            "must be an id of words of a-z and 0-9 joined by hyphens, at most 64 characters";
    private static final String LINE_RULE =
            "must have 1 to 200 characters, not only blanks, and no control characters";

    private static final Predicate<String> SLUG =
            Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*").asMatchPredicate();
    private static final Predicate<String> LINE =
            Pattern.compile("(?=.*\\S)\\P{Cc}{1,200}").asMatchPredicate();
    private static final Map<String, Reference.Kind> KINDS = byName(Reference.Kind.values());
    private static final Map<String, Emotion> EMOTIONS = byName(Emotion.values());
    private static final String ALL_EMOTIONS = String.join(", ", new TreeMap<>(EMOTIONS).keySet());
    private static final Map<String, Result> OUTCOMES = byName(Result.values());

    private final Submission told;
    private final Checks checks;

    private CircumstanceChecks(Submission told, Checks checks) {
        this.told = told;
        this.checks = checks;
    }

    static Circumstances of(Submission told, @Nullable InteractionType type, Checks checks) {
        return new CircumstanceChecks(told, checks).checked(type);
    }

    private Circumstances checked(@Nullable InteractionType type) {
        checks.optional("/employee", told.employee(), SLUG, SLUG_RULE);
        checks.optional("/team", told.team(), SLUG, SLUG_RULE);
        checks.optional("/device", told.device(), LINE, LINE_RULE);
        checks.optional("/place", told.place(), LINE, LINE_RULE);
        return new Circumstances(
                told.employee(),
                told.team(),
                reference(),
                told.device(),
                told.place(),
                attributes(type),
                emotions(),
                told.outcome() == null ? null : checks.oneOf("/outcome", told.outcome(), OUTCOMES),
                time("/duration", told.duration(), LONGEST),
                time("/wait", told.waited(), LONGEST_WAIT));
    }

    private @Nullable Reference reference() {
        ToldReference reference = told.reference();
        if (reference == null) {
            return null;
        }
        Reference.Kind kind = checks.oneOf("/reference/kind", reference.kind(), KINDS);
        String value = reference.value();
        checks.given(
                "/reference/value",
                value,
                Submission.SOURCE_ID.asMatchPredicate(),
                Submission.SOURCE_ID_RULE);
        return kind == null || value == null ? null : new Reference(kind, value);
    }

    /** A schema objects also to attributes that are not there, where it requires some. */
    private @Nullable JsonNode attributes(@Nullable InteractionType type) {
        JsonNode given = told.attributes();
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        if (given != null && !given.isNull()) {
            Optional<String> tooMuch = AttributeSchema.objectionToSize(given);
            if (tooMuch.isEmpty()) {
                attributes = CanonicalJson.of((ObjectNode) given);
                tooMuch = AttributeSchema.objectionToSize(attributes);
            }
            if (tooMuch.isPresent()) {
                checks.must(false, "/attributes", tooMuch.get());
                return null;
            }
        }
        if (type != null && type.schema() != null) {
            type.schema().objectionsTo(attributes, "/attributes").forEach(checks::objectIfNew);
        } else if (type != null && !attributes.isEmpty()) {
            checks.objectIfNew(new FieldError("/attributes", type.code() + " carries none"));
        }
        return attributes.isEmpty() ? null : attributes;
    }

    private @Nullable SortedMap<Emotion, Integer> emotions() {
        Map<String, Integer> given = told.emotions();
        if (given == null || given.isEmpty()) {
            return null;
        }
        SortedMap<Emotion, Integer> emotions = new TreeMap<>();
        for (Map.Entry<String, Integer> one : given.entrySet()) {
            Emotion emotion = EMOTIONS.get(one.getKey());
            if (emotion == null) {
                // Told once, however many there are.
                checks.must(false, "/emotions", "must be of " + ALL_EMOTIONS);
                return null;
            }
            checks.given(
                    "/emotions/" + emotion,
                    one.getValue(),
                    strength -> strength >= 1 && strength <= MOST,
                    "must be a whole number from 1 to 100");
            emotions.put(emotion, Objects.requireNonNullElse(one.getValue(), 1));
        }
        return emotions;
    }

    private @Nullable Duration time(String pointer, @Nullable Duration given, Duration longest) {
        checks.optional(
                pointer,
                given,
                time -> !time.isNegative() && time.compareTo(longest) <= 0,
                "must be a duration from PT0S to " + longest);
        return given == null ? null : given.truncatedTo(ChronoUnit.MILLIS);
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] words) {
        return Arrays.stream(words)
                .collect(Collectors.toMap(word -> requireNonNull(word).name(), identity()));
    }
}
