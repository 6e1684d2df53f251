package io.rapport.customer.search;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * How far a word is from the one that is looked for. Costs are whole numbers, the same at each
 * look, so that a cursor can say where a page ended.
 */
final class Spelling {

    static final int SAME = 0;
    static final int BEGINNING = 1;
    static final int ONE_TYPO = 2;
    static final int TWO_TYPOS = 4;

    /** Shorter words are taken as they are: too many others are like them. */
    static final int SHORTEST = 4;

    private static final int SHORTEST_WITH_TWO = 9;
    private static final int LETTERS = 26;

    private Spelling() {}

    /**
     * What it costs to take {@code found} for {@code wanted}: nothing when they are the same, 1
     * when it begins so, 2 for one typo, 4 for two (from nine letters on); under four letters and
     * for anything else empty. A typo is a letter too many, missing, wrong, or swapped with its
     * neighbour.
     */
    static OptionalInt cost(String wanted, String found) {
        if (found.equals(wanted)) {
            return OptionalInt.of(SAME);
        }
        if (FoldedText.length(wanted) >= SHORTEST && found.startsWith(wanted)) {
            return OptionalInt.of(BEGINNING);
        }
        int most = typos(wanted);
        int typos = distance(wanted.codePoints().toArray(), found.codePoints().toArray(), most);
        return typos > most
                ? OptionalInt.empty()
                : OptionalInt.of(typos == 1 ? ONE_TYPO : TWO_TYPOS);
    }

    /** Each word as trigrams see it in any locale: with an ASCII letter for each other one. */
    static List<String> shapes(Collection<String> words) {
        return words.stream().map(Spelling::shape).toList();
    }

    static String shape(String word) {
        StringBuilder shape = new StringBuilder(word.length());
        word.codePoints()
                .map(letter -> letter >= 'a' && letter <= 'z' ? letter : 'a' + letter % LETTERS)
                .forEach(shape::appendCodePoint);
        return shape.toString();
    }

    /** How many typos a word may have. */
    static int typos(String wanted) {
        int length = FoldedText.length(wanted);
        if (length < SHORTEST) {
            return 0;
        }
        return length < SHORTEST_WITH_TWO ? 1 : 2;
    }

    /**
     * How a word begins that was meant by this one, if its one typo is not there. A typo reaches
     * one letter, or two that stand beside each other; between head and tail stands one, so that
     * one of them is always as it was meant.
     */
    static String head(String wanted) {
        return wanted.substring(0, wanted.offsetByCodePoints(0, headLength(wanted)));
    }

    /** The same for the end, from the last letter backwards. */
    static String tail(String wanted) {
        int from = wanted.offsetByCodePoints(0, headLength(wanted) + 1);
        return new StringBuilder(wanted.substring(from)).reverse().toString();
    }

    private static int headLength(String wanted) {
        return (FoldedText.length(wanted) - 1) / 2;
    }

    /**
     * The trigram similarity that a word with two typos has at least, which lose up to six of its
     * trigrams, of which it has one more than letters. Swapped letters lose one more each, so that
     * some are missed: with less, too many words would have to be read.
     */
    static double leastSimilarity(String wanted) {
        double trigrams = FoldedText.length(wanted) + 1;
        return Math.min((trigrams - 6) / (trigrams + 6) - 0.01, 0.6);
    }

    /** Optimal string alignment, or more than {@code most} as soon as that is certain. */
    private static int distance(int[] a, int[] b, int most) {
        if (most == 0 || Math.abs(a.length - b.length) > most) {
            return most + 1;
        }
        int[] beforeLast = new int[b.length + 1];
        int[] last = new int[b.length + 1];
        int[] row = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length];
    }
}
