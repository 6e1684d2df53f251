package io.rapport.interaction;

import java.util.Locale;

/** What may stand in words that we keep: what the database gives back as it was. */
public final class Words {

    private Words() {}

    /** Counted as PostgreSQL counts; neither a zero byte nor half a surrogate pair is text. */
    public static boolean areKept(String words, int longest) {
        return !words.isBlank()
                && words.codePointCount(0, words.length()) <= longest
                && words.codePoints()
                        .allMatch(
                                point ->
                                        point != 0
                                                && Character.getType(point) != Character.SURROGATE);
    }

    /** What is said to whoever sends others. */
    public static String rule(int longest) {
        return String.format(
                Locale.ROOT, "must be 1 to %,d characters of text, and not blank", longest);
    }
}
