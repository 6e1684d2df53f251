package io.rapport.interaction.type;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Instant;
import java.util.List;

/**
 * A type, channel, touchpoint or fact key at one version. Its code never changes: interactions and
 * the log name it.
 */
record Definition<T extends DefinitionTerms>(
        String code, T terms, boolean used, long version, Instant createdAt, Instant updatedAt) {

    static <T extends DefinitionTerms> Definition<T> make(
            VocabularyList list, String code, T terms, Instant now) {
        list.requireCode(code);
        requirePossible(terms);
        return new Definition<>(code, terms, false, 1, now, now);
    }

    /** This definition with other terms, one version on; itself when nothing differs. */
    Definition<T> change(T to, Instant now) {
        if (to.equals(terms)) {
            return this;
        }
        requirePossible(to);
        if (used) {
            to.objectionToChange(terms)
                    .ifPresent(
                            objection -> {
                                throw objection;
                            });
        }
        return new Definition<>(code, to, used, version + 1, createdAt, now);
    }

    private static void requirePossible(DefinitionTerms terms) {
        List<FieldError> objections = terms.objections();
        if (!objections.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    objections.toArray(FieldError[]::new));
        }
    }
}
