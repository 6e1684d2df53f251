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

    private static String shape(String word) {
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
     * The trigram similarity that a word with its typos has at least. One typo loses up to four of
     * the trigrams of a word, of which it has one more than letters. Less than 0.19 would let half
     * of all words through, and so misses two swapped letters of four.
     */
    static double leastSimilarity(String wanted) {
        double trigrams = FoldedText.length(wanted) + 1;
        double lost = typos(wanted) == 1 ? 4 : 6;
        return Math.clamp((trigrams - lost) / (trigrams + lost) - 0.01, 0.19, 0.6);
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
