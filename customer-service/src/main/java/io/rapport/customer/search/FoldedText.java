package io.rapport.customer.search;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text in the one form in which it is compared: compatible forms made one (NFKD), lower case,
 * without accents and other marks, directions, joiners and apostrophes, digits as 0 to 9. Done here
 * and not by the database's {@code unaccent}, whose rules are a file of the server's, so that what
 * is kept and what is asked for always fold alike.
 */
public final class FoldedText {

    /** Longer words are cut, so that what is kept of one is bounded. */
    static final int LONGEST_WORD = 64;

    private static final int FIRST_BEYOND_ASCII = 0x80;

    private static final Pattern SILENT = Pattern.compile("[\\p{Mn}\\p{Me}\\p{Cf}'`‘’ʼ]");

    private static final Pattern BLANK = Pattern.compile("\\p{IsWhite_Space}+");

    /** Letters that are told apart by more than a mark, and are written without by others. */
    private static final Map<Integer, String> PLAIN =
            Map.ofEntries(
                    Map.entry((int) 'ß', "ss"),
                    Map.entry((int) 'æ', "ae"),
                    Map.entry((int) 'œ', "oe"),
                    Map.entry((int) 'ø', "o"),
                    Map.entry((int) 'ł', "l"),
                    Map.entry((int) 'đ', "d"),
                    Map.entry((int) 'ð', "d"),
                    Map.entry((int) 'þ', "th"),
                    Map.entry((int) 'ħ', "h"),
                    Map.entry((int) 'ı', "i"),
                    Map.entry((int) 'ς', "σ"));

    private FoldedText() {}

    static String fold(String text) {
        if (text.chars().allMatch(letter -> letter < FIRST_BEYOND_ASCII)) {
            // Nothing else is told apart here, and most text is such.
            return text.toLowerCase(Locale.ROOT).replace("'", "").replace("`", "");
        }
        String decomposed = Normalizer.normalize(text, Form.NFKD).toLowerCase(Locale.ROOT);
        String audible = SILENT.matcher(decomposed).replaceAll("");
        StringBuilder plain = new StringBuilder(audible.length());
        audible.codePoints()
                .forEach(
                        letter -> {
                            String instead = PLAIN.get(letter);
                            if (instead != null) {
                                plain.append(instead);
                            } else if (Character.isDigit(letter)) {
                                plain.append(Character.digit(letter, 10));
                            } else {
                                plain.appendCodePoint(letter);
                            }
                        });
        return Normalizer.normalize(plain, Form.NFC);
    }

    /** Runs of letters and digits, and runs of emoji and other symbols, in their order. */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Sort last = Sort.NEITHER;
        for (int letter : fold(text).codePoints().toArray()) {
            Sort sort = Sort.of(letter);
            if (sort != last) {
                add(words, word);
            }
            if (sort != Sort.NEITHER) {
                word.appendCodePoint(letter);
            }
            last = sort;
        }
        add(words, word);
        return words;
    }

    /**
     * As {@link #words}, and what has digits and is divided, as in AB-1234, undivided as well: it
     * is asked for in one piece.
     */
    static List<String> terms(String text) {
        List<String> terms = new ArrayList<>(words(text));
        pieces(text).filter(FoldedText::hasDigit).map(FoldedText::joined).forEach(terms::add);
        return terms;
    }

    /** What stands between blanks, as it is. */
    static Stream<String> pieces(String text) {
        return BLANK.splitAsStream(text).filter(piece -> !piece.isEmpty());
    }

    static boolean hasDigit(String text) {
        return text.codePoints().anyMatch(Character::isDigit);
    }

    /** Letters and digits only, as one word; empty when there are none. */
    static String joined(String text) {
        StringBuilder joined = new StringBuilder();
        fold(text).codePoints().filter(Sort::isOfWord).forEach(joined::appendCodePoint);
        return cut(joined);
    }

    static int length(String word) {
        return word.codePointCount(0, word.length());
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(cut(word));
            word.setLength(0);
        }
    }

    private static String cut(StringBuilder word) {
        return word.codePointCount(0, word.length()) <= LONGEST_WORD
                ? word.toString()
                : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD));
    }

    private enum Sort {
        WORD,
        SYMBOL,
        NEITHER;

        static Sort of(int letter) {
            if (isOfWord(letter)) {
                return WORD;
            }
            return Character.getType(letter) == Character.OTHER_SYMBOL ? SYMBOL : NEITHER;
        }

        static boolean isOfWord(int letter) {
            return Character.isLetterOrDigit(letter)
                    || Character.getType(letter) == Character.COMBINING_SPACING_MARK;
        }
    }
}
