package io.rapport.interaction.intake;

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
final class Checks {

    private final List<FieldError> errors = new ArrayList<>();

    void must(boolean met, String pointer, String reason) {
        if (!met) {
            errors.add(new FieldError(pointer, reason));
        }
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

    void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-interaction",
                    "Nothing was recorded. Correct what 'errors' names and send the interaction again.",
                    errors.toArray(FieldError[]::new));
        }
    }
}
