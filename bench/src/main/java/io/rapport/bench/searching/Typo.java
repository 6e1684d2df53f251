package io.rapport.bench.searching;

import java.util.random.RandomGenerator;

/** One slip of the hand, anywhere in a word: a letter too many, missing, wrong, or two swapped. */
final class Typo {
    private Typo() {}

    /** Never the word itself. */
    static String in(String word, RandomGenerator random) {
        while (true) {
            String slipped = slip(word, random.nextInt(word.length() - 1), random);
            if (!slipped.equals(word)) {
                return slipped;
            }
        }
    }

    private static String slip(String word, int at, RandomGenerator random) {
        String before = word.substring(0, at);
        char letter = (char) random.nextInt('a', 'z' + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + letter + word.substring(at);
            case 1 -> before + word.substring(at + 1);
            case 2 -> before + letter + word.substring(at + 1);
            default -> before + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        };
    }
}
