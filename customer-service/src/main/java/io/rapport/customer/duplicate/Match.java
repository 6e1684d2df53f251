package io.rapport.customer.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How alike two customers are, by the rule that scores highest, in hundredths; and in which fields.
 */
record Match(DuplicateRule rule, int score, List<String> matched) {

    /** Less says nothing worth a look: a phone number in common and nothing of the names. */
    static final int WORTH_A_LOOK = 40;

    /** From here on a new customer is not made without asking. */
    static final int LIKELY = 70;

    /** Empty when no rule says enough. */
    static Optional<Match> between(Traits one, Traits other) {
        double name = Similarity.of(one.name(), other.name());
        double address =
                one.addresses().stream()
                        .flatMapToDouble(
                                ours ->
                                        other.addresses().stream()
                                                .mapToDouble(theirs -> Similarity.of(ours, theirs)))
                        .max()
                        .orElse(0);
        return Arrays.stream(DuplicateRule.values())
                .map(
                        rule ->
                                new Match(
                                        rule,
                                        rule.score(one, other, name, address),
                                        fields(one, other, name, address)))
                .filter(match -> match.score >= WORTH_A_LOOK)
                .max(Comparator.comparingInt(Match::score));
    }

    private static List<String> fields(Traits one, Traits other, double name, double address) {
        List<String> fields = new ArrayList<>();
        if (!Collections.disjoint(one.emails(), other.emails())) {
            fields.add("email");
        }
        if (!Collections.disjoint(one.phones(), other.phones())) {
            fields.add("phone");
        }
        if (name >= DuplicateRule.ALIKE) {
            fields.add("name");
        }
        if (one.birthday() != null && one.birthday().equals(other.birthday())) {
            fields.add("birthday");
        }
        if (address >= DuplicateRule.ALIKE) {
            fields.add("address");
        }
        return List.copyOf(fields);
    }
}
