package io.rapport.interaction.type;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.regex.Pattern;

/** The lists of the vocabulary: what their codes look like, and how long each may grow. */
public enum VocabularyList {
    TYPES(
            "interaction_type",
            "type",
            Form.WORD,
            "A type's code has capital letters, digits and _, begins with a letter, and has at most 40 characters.",
            200),
    CHANNELS(
            "channel",
            "channel",
            Form.WORD,
            "A channel's code has capital letters, digits and _, begins with a letter, and has at most 40 characters.",
            100),
    TOUCHPOINTS(
            "touchpoint",
            "touchpoint",
            Form.SLUG,
            "A touchpoint's code has words of a-z and 0-9 joined by hyphens, at most 64 characters.",
            1_000),
    FACT_KEYS(
            "fact_key",
            "fact-key",
            Form.SLUG,
            "A fact key's code has words of a-z and 0-9 joined by hyphens, begins with a letter, and has at most 64 characters.",
            500);

    /** What codes can look like. */
    private static final class Form {
        static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
        static final Pattern SLUG = Pattern.compile("(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    private final String table;
    private final String noun;
    private final Pattern form;
    private final String rule;
    private final int most;

    VocabularyList(String table, String noun, Pattern form, String rule, int most) {
        this.table = table;
        this.noun = noun;
        this.form = form;
        this.rule = rule;
        this.most = most;
    }

    String table() {
        return table;
    }

    /** How many definitions there are at most, retired ones too. */
    int most() {
        return most;
    }

    /** The path under which definitions of this list live. */
    String path() {
        return "/interactions/" + noun + "s";
    }

    void requireCode(String code) {
        if (!form.matcher(code).matches()) {
            throw Refusal.invalid("invalid-" + noun + "-code", rule);
        }
    }

    Refusal unknown() {
        return Refusal.notFound(
                "unknown-" + noun, "There is no such %s: %s lists them.".formatted(noun, path()));
    }

    Refusal exists() {
        return Refusal.preconditionFailed(
                noun + "-exists", "There is a %s of this code already.".formatted(noun));
    }

    Refusal inUse() {
        return Refusal.conflict(
                noun + "-in-use",
                "Interactions name this %s, or it is built in: it can only be retired (active=false)."
                        .formatted(noun));
    }

    Refusal full() {
        return Refusal.conflict(
                "too-many-" + noun + "s",
                "There are %d %ss, and no more may be; delete one that was never used."
                        .formatted(most, noun));
    }

    /** Whoever records with a definition that was deleted since it was looked up is told so. */
    Refusal deletedMeanwhile() {
        if (this == FACT_KEYS) {
            return Refusal.invalid(
                    "invalid-fact",
                    "Nothing was told. Correct what 'errors' names and send it again.",
                    new FieldError("/key", "is unknown; " + path() + " lists what there is"));
        }
        return Refusal.invalid(
                "invalid-interaction",
                "Nothing was recorded. Correct what 'errors' names and send the interaction again.",
                new FieldError("/" + noun, "is unknown; " + path() + " lists what there is"));
    }
}
