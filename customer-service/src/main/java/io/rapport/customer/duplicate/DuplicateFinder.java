package io.rapport.customer.duplicate;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.WrittenCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
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
 * compared asks the database for nothing.
 */
@ApplicationScoped
class DuplicateFinder {

    /** After the search index: whoever takes locks of both takes them in one order. */
    private static final int PRIORITY = 200;

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

        private Stream<String> keys() {
            return Stream.of(before, after).flatMap(traits -> traits.keys().stream());
        }
    }

    void written(@Observes @Priority(PRIORITY) WrittenCustomers written) {
        List<Differing> differing =
                written.each().stream().map(Differing::of).filter(Differing::differs).toList();
        candidates.hold(
                differing.stream()
                        .flatMap(Differing::keys)
                        .collect(Collectors.toCollection(TreeSet::new)));
        differing.forEach(this::find);
    }

    private void find(Differing customer) {
        Set<UUID> others = new HashSet<>(candidates.of(customer.id, customer.after));
        if (!customer.isNew) {
            others.addAll(rows.partners(customer.id));
        }
        compare(customer.id, customer.after, others);
    }

    private void compare(UUID self, Traits traits, Set<UUID> others) {
        if (others.isEmpty()) {
            return;
        }
        Map<UUID, Customer> known = customers.byIds(others);
        SortedMap<Pair, Match> found = new TreeMap<>(Pair.ORDER);
        List<Pair> notFound = new ArrayList<>();
        for (UUID other : others) {
            Pair pair = Pair.of(self, other);
            Match.between(traits, Traits.of(known.get(other)))
                    .ifPresentOrElse(match -> found.put(pair, match), () -> notFound.add(pair));
        }
        rows.keep(found, notFound, clock.instant());
    }
}
