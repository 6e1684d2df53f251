package io.rapport.customer.duplicate;

import java.util.Collections;
import java.util.List;

/**
 * Why two customers may be one. A score is a number of hundredths; {@code name} and {@code address}
 * are trigram similarities from 0 to 1, 0 where one of the two says nothing.
 */
public enum DuplicateRule {
    /** They have an e-mail address in common: 70 + 30 · name. */
    SAME_EMAIL {
        @Override
        int score(Traits one, Traits other, double name, double address) {
            return Collections.disjoint(one.emails(), other.emails())
                    ? 0
                    : hundredths(0.7 + 0.3 * name);
        }
    },
    /** They have a phone number in common, as a household may: 30 + 60 · name. */
    SAME_PHONE {
        @Override
        int score(Traits one, Traits other, double name, double address) {
            return Collections.disjoint(one.phones(), other.phones())
                    ? 0
                    : hundredths(0.3 + 0.6 * name);
        }
    },
    /** They have the same birthday and names at least half alike: 20 + 50 · name + 30 · address. */
    SIMILAR_PERSON {
        @Override
        int score(Traits one, Traits other, double name, double address) {
            return one.birthday() == null
                            || !one.birthday().equals(other.birthday())
                            || name < ALIKE
                    ? 0
                    : hundredths(0.2 + 0.5 * name + 0.3 * address);
        }
    };

    /** From here on names and addresses count as matching. */
    static final double ALIKE = 0.5;

    /** Whether two names count as matching. */
    static boolean areAlike(List<String> name, List<String> other) {
        return Similarity.of(name, other) >= ALIKE;
    }

    /** 0 when the rule says nothing of the two. */
    abstract int score(Traits one, Traits other, double name, double address);

    private static int hundredths(double score) {
        return (int) Math.round(100 * score);
    }
}
