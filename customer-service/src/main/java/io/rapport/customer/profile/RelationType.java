package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a customer is to the one that its relation names. Relations of one type never run in a
 * circle.
 */
public enum RelationType {
    /** Lives in the household of the other one, who stands for it. */
    HOUSEHOLD(1),
    WORKS_FOR(10),
    REFERRED_BY(1);

    /** How many of this type a customer has at most. */
    final int most;

    RelationType(int most) {
        this.most = most;
    }

    /** As a path names it, in kebab-case: {@code works-for}. */
    String inPath() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static RelationType ofPath(String text) {
        return Arrays.stream(values())
                .filter(type -> type.inPath().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "unknown-relation-type",
                                        "There is no such type of relation.",
                                        new FieldError(
                                                "type",
                                                "must be one of "
                                                        + Arrays.stream(values())
                                                                .map(RelationType::inPath)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
