package io.rapport.customer.duplicate;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why two customers may be the same, when one of them was written last. */
@Schema(requiredProperties = {"rule", "score", "matched", "foundAt"})
public record Finding(
        @Schema(description = "The rule that scores highest.") DuplicateRule rule,
        @Schema(
                        description =
                                "From 0.4, with which two are worth a look, to 1. With n and a for"
                                        + " the trigram similarity of names and addresses: SAME_EMAIL"
                                        + " 0.7 + 0.3n, SAME_PHONE 0.3 + 0.6n, SIMILAR_PERSON (same"
                                        + " birthday, n from 0.5) 0.2 + 0.5n + 0.3a.")
                double score,
        @Schema(description = "Of email, phone, name, birthday, address.") List<String> matched,
        Instant foundAt) {

    private static final double HUNDREDTHS = 100;

    static Finding of(DuplicateRule rule, int score, List<String> matched, Instant foundAt) {
        return new Finding(rule, score / HUNDREDTHS, matched, foundAt);
    }

    int hundredths() {
        return (int) Math.round(HUNDREDTHS * score);
    }
}
