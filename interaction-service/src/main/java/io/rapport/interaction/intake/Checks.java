package io.rapport.interaction.intake;

import io.rapport.interaction.type.Definable;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a submission, so that its sender learns all of it at once. Not
 * thread-safe.
 */
public final class Checks {

    /** So many words of a list are told in one objection; the list itself tells them all. */
    private static final int MAX_WORDS = 50;

    private final List<FieldError> errors = new ArrayList<>();
    private final List<FieldError> ofNewOnes = new ArrayList<>();

    void must(boolean met, String pointer, String reason) {
        if (!met) {
            errors.add(new FieldError(pointer, reason));
        }
    }

    /** An objection to what is not recorded yet, and none to what is told again. */
    void objectIfNew(FieldError objection) {
        ofNewOnes.add(objection);
    }

    /** Asks for a value that has to be there. */
    <T> void given(String pointer, @Nullable T value, Predicate<T> form, String reason) {
        if (value == null) {
            must(false, pointer, "is missing");
        } else {
            must(form.test(value), pointer, reason);
        }
    }

    /** Asks for a value that may be left out, but must have its form when it is there. */
    <T> void optional(String pointer, @Nullable T value, Predicate<T> form, String reason) {
        must(value == null || form.test(value), pointer, reason);
    }

    /** Looks up a word from a list; the objection tells what is on it. */
    <T> @Nullable T oneOf(String pointer, @Nullable String word, Map<String, T> known) {
        T meant = word == null ? null : known.get(word);
        if (meant == null) {
            String list = known.keySet().stream().sorted().collect(Collectors.joining(", "));
            must(
                    false,
                    pointer,
                    (word == null ? "is missing; it is" : "is unknown; it must be")
                            + " one of "
                            + list);
        }
        return meant;
    }

    /**
     * Looks up a word of the vocabulary. A retired one is an objection only to what is not recorded
     * yet: who repeats what was recorded before gets the answer of then.
     */
    <T extends Definable> @Nullable T defined(
            String pointer, @Nullable String code, Map<String, T> known) {
        T meant = code == null ? null : known.get(code);
        if (meant == null) {
            String start = code == null ? "is missing; it is" : "is unknown; it must be";
            must(false, pointer, start + " one of " + active(known));
        } else if (!meant.active()) {
            objectIfNew(new FieldError(pointer, "is retired; it must be one of " + active(known)));
        }
        return meant;
    }

    private static String active(Map<String, ? extends Definable> known) {
        List<String> codes =
                known.values().stream()
                        .filter(Definable::active)
                        .map(Definable::code)
                        .sorted()
                        .toList();
        int more = codes.size() - MAX_WORDS;
        return codes.stream().limit(MAX_WORDS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw refusal(errors);
        }
    }

    /** What is wrong with it if it is not recorded yet. */
    List<FieldError> objectionsToNewOnes() {
        return List.copyOf(ofNewOnes);
    }

    public static Refusal refusal(List<FieldError> errors) {
        return Refusal.invalid(
                "invalid-interaction",
                "Nothing was recorded. Correct what 'errors' names and send the interaction again.",
                errors.toArray(FieldError[]::new));
    }
}
