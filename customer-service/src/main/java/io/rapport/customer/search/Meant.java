package io.rapport.customer.search;

import java.util.List;

/**
 * What the parts of a query may mean: terms by what they cost, the least first, and words that are
 * the beginning of longer ones, of which there may be any number.
 */
record Meant(List<Spelled> terms, List<Begun> begun) {

    /** A word that others begin with, which meets this part of the query. */
    record Begun(String word, int part) {}

    List<String> words() {
        return terms.stream().map(Spelled::term).toList();
    }

    List<Integer> parts() {
        return terms.stream().map(Spelled::part).toList();
    }

    List<Integer> costs() {
        return terms.stream().map(Spelled::cost).toList();
    }

    /** Of each term, how many of those before it cost less. */
    List<Integer> cheaper() {
        return terms.stream()
                .map(term -> (int) terms.stream().filter(o -> o.cost() < term.cost()).count())
                .toList();
    }
}
