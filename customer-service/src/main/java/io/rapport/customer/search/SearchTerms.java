package io.rapport.customer.search;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.ContactPoint;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.PhoneNumber;
import io.rapport.customer.profile.Profile;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is found by: words of names, tags and e-mail addresses, whole e-mail addresses,
 * phone numbers with and without the country's code, external ids. Here it is decided who is found
 * at all: only who is active. Of merged customers that is the survivor, by all that its merged
 * profile holds.
 */
final class SearchTerms {

    private static final int SHORTEST_WITH_TYPO = 3;

    private final NavigableSet<String> terms = new TreeSet<>();

    private SearchTerms() {}

    /** The terms of a customer, sorted; none of one who is not there. */
    static SortedSet<String> of(@Nullable Customer customer) {
        SearchTerms found = new SearchTerms();
        if (customer != null && customer.status() == CustomerStatus.ACTIVE) {
            found.addProfile(customer.profile());
            customer.names().map(Identity::externalId).forEach(found::addExternalId);
        }
        return found.terms;
    }

    /** Whether a term is looked for with typos too: a word without digits that is long enough. */
    static boolean isWord(String term) {
        return FoldedText.length(term) >= SHORTEST_WITH_TYPO
                && term.codePoints().allMatch(letter -> letter != '@' && !Character.isDigit(letter))
                && FoldedText.length(term) <= FoldedText.LONGEST_WORD;
    }

    private void addProfile(Profile profile) {
        addWords(profile.displayName());
        addWords(profile.givenName());
        addWords(profile.familyName());
        addWords(profile.addressAs());
        profile.tags().forEach(this::addWords);
        profile.contactPoints().forEach(this::addContactPoint);
    }

    private void addContactPoint(ContactPoint point) {
        String value = point.value();
        if (value == null) {
            return;
        }
        switch (point.kind()) {
            case EMAIL -> {
                terms.add(value);
                addWords(value.substring(0, value.lastIndexOf('@')));
            }
            case PHONE -> {
                terms.add(FoldedText.joined(value));
                PhoneNumber.national(value).ifPresent(terms::add);
            }
            case ADDRESS, HANDLE -> {}
        }
    }

    /** As one word, so that how it is divided does not matter; in words, where it has no digits. */
    private void addExternalId(String externalId) {
        String joined = FoldedText.joined(externalId);
        if (!joined.isEmpty()) {
            terms.add(joined);
        }
        if (!FoldedText.hasDigit(externalId)) {
            addWords(externalId);
        }
    }

    private void addWords(@Nullable String text) {
        if (text != null) {
            terms.addAll(FoldedText.terms(text));
        }
    }
}
