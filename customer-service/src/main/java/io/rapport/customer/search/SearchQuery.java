package io.rapport.customer.search;

import io.rapport.customer.profile.ContactKind;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody typed, as parts of which a customer must match each: words, which may have typos;
 * numbers and e-mail addresses, which are taken as they are, for a number that is one digit off is
 * somebody else's. Words under four letters are taken as they are too.
 */
record SearchQuery(List<Part> parts) {

    static final int MOST_PARTS = 10;

    private static final Pattern PHONE = Pattern.compile("[+(]?[\\p{Nd} ()./-]{5,40}");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9]{5})");

    /**
     * A part is one of these terms, or a word that is spelled like {@code word}, if there is one.
     */
    record Part(List<String> terms, Optional<String> word) {

        static Part word(String word) {
            return new Part(
                    List.of(word),
                    Optional.of(word)
                            .filter(SearchTerms::isWord)
                            .filter(text -> FoldedText.length(text) >= Spelling.SHORTEST));
        }

        static Part exactly(List<String> terms) {
            return new Part(terms.stream().distinct().toList(), Optional.empty());
        }

        /** The words of an e-mail address that nobody has: whose it may have been meant to be. */
        List<Part> unlessKnown() {
            String term = terms.getFirst();
            return FoldedText.words(term.substring(0, term.lastIndexOf('@'))).stream()
                    .map(Part::word)
                    .toList();
        }

        boolean isEmail() {
            return terms.getFirst().indexOf('@') > 0;
        }
    }

    static SearchQuery of(String text) {
        List<Part> parts = new ArrayList<>();
        if (PHONE.matcher(text.strip()).matches()) {
            parts.add(number(text));
        } else {
            FoldedText.pieces(text).forEach(piece -> add(parts, piece));
        }
        List<Part> different = parts.stream().distinct().toList();
        if (different.isEmpty()) {
            throw invalid("must have a letter, a digit or a symbol");
        }
        if (different.size() > MOST_PARTS) {
            throw invalid("must have at most " + MOST_PARTS + " words");
        }
        return new SearchQuery(different);
    }

    private static void add(List<Part> parts, String piece) {
        Optional<String> email = ContactKind.EMAIL.normalised(piece);
        if (email.isPresent()) {
            parts.add(Part.exactly(List.of(email.get())));
        } else if (FoldedText.hasDigit(piece)) {
            parts.add(number(piece));
        } else {
            FoldedText.words(piece).stream().map(Part::word).forEach(parts::add);
        }
    }

    /** As it is; without the source in front of an external id; without the zeros of a dialling. */
    private static Part number(String text) {
        String joined = FoldedText.joined(text);
        String afterColon = FoldedText.joined(text.substring(text.indexOf(':') + 1));
        return Part.exactly(
                List.of(joined, afterColon, LEADING_ZEROS.matcher(joined).replaceFirst("")));
    }

    private static Refusal invalid(String reason) {
        return Refusal.invalid(
                "invalid-query",
                "Nothing can be looked for by this query.",
                new FieldError("/query", reason));
    }
}
