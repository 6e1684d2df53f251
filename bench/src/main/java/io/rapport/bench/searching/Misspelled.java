package io.rapport.bench.searching;

import io.rapport.bench.searching.NamedCustomers.Name;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What is typed with one typo, and the names that were meant. */
record Misspelled(String typed, List<String> meant) {

    /** A given or family name each, of five letters or more. */
    static List<Misspelled> single(List<Name> names, RandomGenerator random) {
        return names.stream()
                .map(name -> random.nextBoolean() ? name.given() : name.family())
                .filter(CustomerSearch::isLongEnough)
                .map(name -> new Misspelled(Typo.in(name, random), List.of(name)))
                .toList();
    }

    /** A given name, and a family name with the typo, of five letters or more. */
    static List<Misspelled> both(List<Name> names, RandomGenerator random) {
        return names.stream()
                .filter(name -> CustomerSearch.isLongEnough(name.family()))
                .map(
                        name ->
                                new Misspelled(
                                        name.given() + " " + Typo.in(name.family(), random),
                                        List.of(name.given(), name.family())))
                .toList();
    }

    /** Whether a customer with these names is on a page. */
    boolean isAmong(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .map(item -> item.getJsonObject("customer"))
                .map(
                        customer ->
                                Stream.of("givenName", "familyName")
                                        .map(customer::getString)
                                        .filter(Objects::nonNull)
                                        .map(String::toLowerCase)
                                        .toList())
                .anyMatch(names -> names.containsAll(meant));
    }
}
