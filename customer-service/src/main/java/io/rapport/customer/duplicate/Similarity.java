package io.rapport.customer.duplicate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Trigram similarity as PostgreSQL's pg_trgm defines it, of words that are folded already. */
final class Similarity {

    private Similarity() {}

    /**
     * The share of trigrams that both have among those that either has: 1 for the same words in any
     * order, 0 when either has none.
     */
    static double of(List<String> words, List<String> others) {
        Set<String> ours = trigrams(words);
        Set<String> theirs = trigrams(others);
        Set<String> all = new HashSet<>(ours);
        all.addAll(theirs);
        int shared = ours.size() + theirs.size() - all.size();
        return all.isEmpty() ? 0 : (double) shared / all.size();
    }

    private static Set<String> trigrams(List<String> words) {
        Set<String> trigrams = new HashSet<>();
        for (String word : words) {
            int[] letters = ("  " + word + " ").codePoints().toArray();
            for (int i = 0; i + 3 <= letters.length; i++) {
                trigrams.add(new String(letters, i, 3));
            }
        }
        return trigrams;
    }
}
