package io.rapport.interaction.fact;

import io.rapport.interaction.Learnt;
import io.rapport.interaction.Words;
import io.rapport.platform.Refusal.FieldError;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a version of a fact says: a value, or that the customer declined to tell one. */
record FactContent(Learnt learnt, boolean declined, @Nullable String value, Instant validUntil) {

    static final int LONGEST = 1_000;

    private static final Duration FARTHEST = Duration.ofDays(3_660);

    /** Adds all that is wrong; without any of it, what is answered may be kept. */
    static FactContent checked(
            Learnt learnt,
            @Nullable Boolean declined,
            @Nullable String value,
            @Nullable Instant validUntil,
            Instant toldAt,
            Instant usually,
            List<FieldError> errors) {
        boolean refused = Boolean.TRUE.equals(declined);
        if (refused == (value != null)) {
            errors.add(new FieldError("/value", "must be given, unless it was declined"));
        } else if (value != null && !Words.areKept(value, LONGEST)) {
            errors.add(new FieldError("/value", Words.rule(LONGEST)));
        }
        if (refused && learnt != Learnt.STATED) {
            errors.add(new FieldError("/learnt", "must be STATED of what was declined"));
        }
        if (validUntil != null
                && (!validUntil.isAfter(toldAt) || validUntil.isAfter(toldAt.plus(FARTHEST)))) {
            errors.add(
                    new FieldError(
                            "/validUntil",
                            "must lie after the fact was told, by 3,660 days at the farthest"));
        }
        Instant until = Objects.requireNonNullElse(validUntil, usually);
        return new FactContent(learnt, refused, value, until.truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether the customer had to say again what this says; spaces and case make no difference. */
    boolean isRepeatedBy(FactContent later) {
        return learnt == Learnt.STATED
                && later.learnt == Learnt.STATED
                && value != null
                && later.value != null
                && folded(value).equals(folded(later.value));
    }

    private static String folded(String words) {
        return Normalizer.normalize(words, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
