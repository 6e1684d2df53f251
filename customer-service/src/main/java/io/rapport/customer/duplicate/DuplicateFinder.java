package io.rapport.customer.duplicate;

import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.WrittenCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds whom a customer may be a duplicate of whenever one is written, in the same transaction.
 * Advisory locks of what equal customers have in common let one writer through at a time, so that
 * of two who are made at once the second sees the first. A write that changes nothing of what is
 * compared asks the database for nothing. Of those who are compared later only who is equal is
 * found, and that pairs of before still stand.
 */
@ApplicationScoped
class DuplicateFinder {

    /** After the search index: whoever takes locks of both takes them in one order. */
    private static final int PRIORITY = 200;

    /** Customers whose candidates are read together: of each there are hundreds at most. */
    static final int AT_ONCE = 50;

    private final DuplicateCandidates candidates;
    private final DuplicateRows rows;
    private final CustomerRows customers;
    private final Clock clock;

    DuplicateFinder(
            DuplicateCandidates candidates,
            DuplicateRows rows,
            CustomerRows customers,
            Clock clock) {
        this.candidates = candidates;
        this.rows = rows;
        this.customers = customers;
        this.clock = clock;
    }

    /** A customer whose traits are others than before, if it was there. */
    private record Differing(UUID id, boolean isNew, Traits before, Traits after) {
        static Differing of(Written written) {
            return new Differing(
                    written.after().id(),
                    written.before() == null,
                    Traits.of(written.before()),
                    Traits.of(written.after()));
        }

        private boolean differs() {
            return !before.equals(after);
        }

        /** A new one that is compared later meets those who are born on its day then. */
        private Stream<String> keys(boolean comparedLater) {
            return isNew && comparedLater
                    ? after.reachable().stream()
                    : Stream.of(before, after).flatMap(traits -> traits.keys().stream());
        }
    }

    void written(@Observes @Priority(PRIORITY) WrittenCustomers written) {
        List<Differing> differing =
                written.each().stream().map(Differing::of).filter(Differing::differs).toList();
        candidates.hold(
                differing.stream()
                        .flatMap(one -> one.keys(written.comparedLater()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (int from = 0; from < differing.size(); from += AT_ONCE) {
            find(
                    differing.subList(from, Math.min(differing.size(), from + AT_ONCE)),
                    written.comparedLater());
        }
    }

    private void find(List<Differing> customers, boolean comparedLater) {
        Map<UUID, Traits> traits =
                customers.stream().collect(Collectors.toMap(Differing::id, Differing::after));
        Map<UUID, Set<UUID>> others = new HashMap<>();
        candidates.reachedAlike(traits, others);
        if (!comparedLater) {
            candidates.bornAlike(traits, others);
        }
        Set<Pair> kept =
                rows.partners(
                        customers.stream().filter(one -> !one.isNew).map(Differing::id).toList());
        kept.forEach(pair -> addPartners(pair, traits.keySet(), others));
        if (!others.isEmpty()) {
            compare(traits, others, kept);
        }
    }

    private static void addPartners(Pair pair, Set<UUID> selves, Map<UUID, Set<UUID>> others) {
        if (selves.contains(pair.a())) {
            others.computeIfAbsent(pair.a(), _ -> new HashSet<>()).add(pair.b());
        }
        if (selves.contains(pair.b())) {
            others.computeIfAbsent(pair.b(), _ -> new HashSet<>()).add(pair.a());
        }
    }

    /**
     * Keeps those of {@code others} who are duplicates, by any rule. Of {@code kept} pairs it is
     * noted, too, that they are alike no more.
     */
    void compare(Map<UUID, Traits> traits, Map<UUID, Set<UUID>> others, Set<Pair> kept) {
        Map<UUID, Traits> known = new HashMap<>();
        customers
                .byIds(others.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                .forEach((id, customer) -> known.put(id, Traits.of(customer)));
        SortedMap<Pair, Match> found = new TreeMap<>(Pair.ORDER);
        Set<Pair> notFound = new HashSet<>(kept);
        others.forEach(
                (self, each) ->
                        each.forEach(
                                other -> {
                                    Pair pair = Pair.of(self, other);
                                    Match.between(
                                                    traits.getOrDefault(self, Traits.NONE),
                                                    known.getOrDefault(other, Traits.NONE))
                                            .ifPresent(match -> found.put(pair, match));
                                }));
        notFound.removeAll(found.keySet());
        rows.keep(found, notFound, clock.instant());
    }
}
